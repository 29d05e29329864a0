"""The built site of this repository, served on loopback, and a real Chromium."""

import fcntl
import functools
import http.server
import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from docs_tools.plugins.live import add_status_script
from docs_tools.publish.root import root_files
from docs_tools.publish.settings import PublishSettings
from docs_tools.publish.versions.list import Versions
from tests.demo import ROOT
from tests.project import BIN

_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def end_headers(self) -> None:
        """Has the browser keep what all pages share, as a web server does."""
        self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Shows the page at the root for what is not there, as hosts do."""
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


VERSIONS = """[
  {"version": "2.0.0", "title": "2.0.0", "aliases": ["latest"]},
  {"version": "1.0.0", "title": "1.0.0", "aliases": []}
]
"""


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the first of all workers fills, and the others find."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    with Path(f"{folder}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            unfinished = folder.with_suffix(".new")
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            make(unfinished)
            unfinished.rename(folder)
    return folder


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder on loopback."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


def _publish(folder: Path) -> None:
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [str(BIN / "docs_tools"), "build", "-q", "-d", str(folder / "2.0.0")]
    subprocess.run(command, cwd=ROOT, env=env, check=True)
    shutil.copytree(folder / "2.0.0", folder / "1.0.0", copy_function=os.link)
    for version in ("1.0.0", "2.0.0"):
        for page in (folder / version).rglob("*.html"):
            text, path = page.read_text("utf-8"), page.relative_to(folder / version).as_posix()
            page.unlink()  # the other version has the same file
            page.write_text(add_status_script(text, path, version), "utf-8")
    versions = Versions.loads(VERSIONS, "versions.json")
    settings = PublishSettings("", "", "", "copy", None, push=False)
    for name, content in root_files(versions, settings, bool).items():
        (folder / name).write_bytes(content)
    (folder / "versions.json").write_text(VERSIONS)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the built site stands as 1.0.0 and 2.0.0."""
    return once(tmp_path_factory, "published", _publish)


@pytest.fixture(scope="session")
def published(built: Path) -> Iterator[str]:
    """The address of that place."""
    with served(built) as address:
        yield address


@pytest.fixture(scope="session")
def pages(built: Path) -> list[str]:
    """Every page of the site, by its address in it."""
    site = built / "2.0.0"
    found = [path.relative_to(site).as_posix() for path in site.rglob("*.html")]
    return sorted(path.removesuffix("index.html") for path in found if path != "404.html")


@pytest.fixture(scope="session")
def site(published: str) -> str:
    """The address of the newest version."""
    return published + "2.0.0/"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium; without one the tests are skipped, but in CI they fail."""
    found = next((p for n in ("chromium", "google-chrome") if (p := shutil.which(n))), None)
    if found is None:
        if os.environ.get("DOCS_TOOLS_BROWSER") == "required":
            pytest.fail("CI needs a Chromium: install the package chromium")
        pytest.skip("no Chromium was found: install the package chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(Path(found)), args=_FLAGS)
        yield chromium
        chromium.close()
