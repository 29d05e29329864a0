"""`docs_tools serve` and `mkdocs serve` follow the data files."""

import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable

import pytest

from tests.project import BIN, TinyProject


def wait_for(what: Callable[[], bool], process: subprocess.Popen[str], seconds: float = 30) -> None:
    """Waits until something holds; a deadline and no more: nothing is measured."""
    deadline = time.monotonic() + seconds
    while not what():
        assert process.poll() is None, "the server ended"
        assert time.monotonic() < deadline, "the deadline passed"
        time.sleep(0.1)


@pytest.mark.parametrize("command", ["docs_tools", "mkdocs"])
def test_changed_data_and_shown_sources_are_seen_and_a_mistake_does_not_end_the_server(
    project: TinyProject, command: str
) -> None:
    project.write("scripts/build.sh", "")
    index = project.folder / "docs/index.md"
    index.write_text(index.read_text() + "\n<!-- docs_tools/tree { path: scripts } -->\n")
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
    try:
        wait_for(lambda: "Serving on" in log.read_text(), process)

        def page() -> str:
            with urllib.request.urlopen(f"http://{address}/", timeout=10) as response:
                return str(response.read().decode("utf-8"))

        assert "Ann" in page()
        project.write("facts/maintainers.yml", "active:\n  - {name: Bea, github: bea}\n")
        wait_for(lambda: "Bea" in page(), process)
        project.write("facts/maintainers.yml", "active:\n  - {name: Bea}\n")
        wait_for(lambda: "facts/maintainers.yml:2:5: active[0].github" in log.read_text(), process)
        project.write("facts/maintainers.yml", "active:\n  - {name: Cem, github: cem}\n")
        wait_for(lambda: "Cem" in page(), process)
        project.write("scripts/release.sh", "")
        wait_for(lambda: "release.sh" in page(), process)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)
