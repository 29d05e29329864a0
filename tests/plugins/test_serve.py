"""`docs_tools serve` and `mkdocs serve` follow the data files."""

import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.project import BIN, TinyProject


def wait_for(what: Callable[[], bool], seconds: float = 30) -> None:
    """Waits until something holds; a deadline and no more: nothing is measured."""
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "the deadline passed"
        time.sleep(0.1)


@contextmanager
def served(project: TinyProject, command: str) -> Iterator[Callable[[], str]]:
    """Serves a project; what it gives reads the first page."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    log = project.folder.parent / "log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [BIN / command, "serve", "--dev-addr", address],
            cwd=project.folder,
            env=project.environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def page() -> str:
        assert process.poll() is None, "the server ended"
        with urllib.request.urlopen(f"http://{address}/", timeout=10) as response:
            return str(response.read().decode("utf-8"))

    try:
        wait_for(lambda: "Serving on" in log.read_text() or process.poll() is not None)
        yield page
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


@pytest.mark.parametrize("command", ["docs_tools", "mkdocs"])
def test_changed_data_and_shown_sources_are_seen_and_a_mistake_does_not_end_the_server(
    project: TinyProject, command: str
) -> None:
    project.write("scripts/build.sh", "")
    index = project.folder / "docs/index.md"
    index.write_text(index.read_text() + "\n<!-- docs_tools/tree { path: scripts } -->\n")
    log = project.folder.parent / "log"
    with served(project, command) as page:
        assert "Ann" in page()
        project.write("facts/maintainers.yml", "active:\n  - {name: Bea, github: bea}\n")
        wait_for(lambda: "Bea" in page())
        project.write("facts/maintainers.yml", "active:\n  - {name: Bea}\n")
        wait_for(lambda: "facts/maintainers.yml:2:5: active[0].github" in log.read_text())
        project.write("facts/maintainers.yml", "active:\n  - {name: Cem, github: cem}\n")
        wait_for(lambda: "Cem" in page())
        project.write("scripts/release.sh", "")
        wait_for(lambda: "release.sh" in page())


def test_numbers_without_a_handbook_are_followed(tmp_path: Path) -> None:
    layers = (
        "layers: [{id: v2, name: V2, account: '111122223333', architectures: {x86_64: ''},"
        " regions: [eu-west-1]}]\nreleases: [{version: '1.0.0', layer: v2, number: %d}]\n"
    )
    project = TinyProject(tmp_path / "project").create(
        {
            "mkdocs.yml": "site_name: Tiny\nplugins:\n  - docs_tools/layers: {data: layers.yml}\n",
            "layers.yml": layers % 7,
            "docs/index.md": "`arn:aws:lambda:eu-west-1:111122223333:layer:V2:1`\n",
        }
    )
    with served(project, "mkdocs") as page:
        assert "layer:V2:7" in page()
        project.write("layers.yml", layers % 8)
        wait_for(lambda: "layer:V2:8" in page())
