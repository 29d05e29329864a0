"""The main job for real, in a throw-away clone: publish two versions, change docs, hotfix.

`make demo` runs it; a test does too. The user's own branches stay as they are.
"""

import io
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


def main(demo: Path = ROOT / ".demo") -> None:
    shutil.rmtree(demo, ignore_errors=True)
    demo.mkdir(parents=True)
    clone, remote = demo / "clone", demo / "remote.git"
    run(demo, "git", "init", "--quiet", "--bare", str(remote))
    run(demo, "git", "clone", "--quiet", "--no-hardlinks", "--no-tags", str(ROOT), str(clone))
    run(clone, "git", "remote", "set-url", "origin", str(remote))
    run(clone, "git", "config", "user.name", "Demo")
    run(clone, "git", "config", "user.email", "demo@example.com")
    run(clone, "git", "tag", "v2.19.0")

    step("Publish two versions; the alias latest moves to the newer one")
    docs_tools(clone, "publish", "--version", "2.19.0", "latest", "--push")
    docs_tools(clone, "publish", "--version", "2.20.0", "latest", "--update-aliases", "--push")
    docs_tools(clone, "versions", "default", "latest", "--push")

    step("Change a page and the layer numbers")
    page = clone / "docs" / "index.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nCorrected by a hotfix.\n", "utf-8")
    layers = clone / "docs" / "data" / "layers.yml"
    old, new = '"2.20.0", layer: v2, number: 40', '"2.20.0", layer: v2, number: 41'
    text = layers.read_text(encoding="utf-8")
    if old not in text:
        sys.exit(f"{layers} no longer says {old}: the demo must be brought up to date")
    layers.write_text(text.replace(old, new), encoding="utf-8")
    show(clone, "git", "commit", "--all", "--quiet", "--message", "docs: a correction, new layers")

    step("Hotfix the newest version, without a release")
    docs_tools(clone, "hotfix", "--version", "2.20.0", "--push")
    docs_tools(clone, "versions", "list")

    site = demo / "site"
    archive = run(clone, "git", "archive", "origin/gh-pages")
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(site, filter="data")
    shown = site if not site.is_relative_to(ROOT) else site.relative_to(ROOT)
    step(f"Done: the site is in {shown}, its branch gh-pages in {shown.parent}/clone")
    print("look at it:  make serve-demo   and open http://127.0.0.1:8000/", flush=True)


def docs_tools(folder: Path, *args: str) -> None:
    show(folder, str(BIN / "docs_tools"), *args)


def show(folder: Path, *command: str) -> None:
    """Runs a command as a user would see it."""
    print("$", Path(command[0]).name, *command[1:], flush=True)
    subprocess.run(command, cwd=folder, env=environment(), check=True)


def step(title: str) -> None:
    print(f"\n== {title}", flush=True)


def run(folder: Path, *command: str) -> bytes:
    done = subprocess.run(
        command, cwd=folder, env=environment(), check=True, stdout=subprocess.PIPE
    )
    return done.stdout


def environment() -> dict[str, str]:
    # the tools of this virtual environment come first: `mike` starts `mkdocs` by its name
    return {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}


if __name__ == "__main__":
    main()
