"""The language server that editors use for YAML, as npm installs it beside this file."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.demo import ROOT
from tests.editor.client import LanguageServer

_SCRIPT = Path(__file__).parent / "node_modules/yaml-language-server/bin/yaml-language-server"

# nothing but what the file itself names: no list of schemas from the network
SETTINGS = {
    "yaml": {
        "schemaStore": {"enable": False},
        "kubernetesCRDStore": {"enable": False},
        "validate": True,
        "hover": True,
        "completion": True,
    }
}


@pytest.fixture(scope="session")
def server() -> Iterator[LanguageServer]:
    """A language server for this repository; without one tests are skipped, but in CI they fail."""
    node = shutil.which("node")
    if node is None or not _SCRIPT.is_file():
        wanted = "`make test` installs it with npm" if node else "install Node.js and npm"
        if os.environ.get("DOCS_TOOLS_BROWSER") == "required":
            pytest.fail(f"CI needs the YAML language server: {wanted}")
        pytest.skip(f"no YAML language server was found: {wanted}")
    found = LanguageServer([node, str(_SCRIPT), "--stdio"], ROOT, SETTINGS)
    yield found
    found.close()
