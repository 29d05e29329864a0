"""`excerpt`: what it refuses, and where it lands in a page."""

from pathlib import Path

import pytest

from docs_tools.errors import DocsToolsError
from docs_tools.markdown import Context
from docs_tools.markdown.expand import expand
from docs_tools.markdown.syntax import DIRECTIVE
from docs_tools.model.excerpt import load_excerpt
from docs_tools.model.facts import Facts


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    (root / "src").mkdir(parents=True)
    (root / "src/core.py").write_text("class Store:\n    def get(self): ...\n    size = 3\n")
    (root / "src/broken.py").write_text("class Store\n")
    (root / "src/logo.bin").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "secret.txt").write_text("secret")
    (root / "src/out.txt").symlink_to(tmp_path / "secret.txt")
    return root


@pytest.mark.parametrize(
    ("path", "symbol", "said"),
    [
        ("src/cor.py", None, "did you mean src/core.py?"),
        ("none/at/all.py", None, "write a path from the folder"),
        ("../secret.txt", None, "outside the project"),
        ("src/out.txt", None, "outside the project"),
        ("/etc/hostname", None, "no path within the project"),
        ("src", None, '"src" is a folder'),
        ("src/core.py/x", None, "can't be read"),
        ("src/logo.bin", None, "no text file in UTF-8"),
        ("src/core.py", "Stroe", "did you mean Store?"),
        ("src/core.py", "Store.put", 'has no "Store.put"'),
        ("src/core.py", "Store.size", 'has no "Store.size"'),
        ("src/core.py", "Store.", 'has no "Store."'),
        ("src/broken.py", "Store", "is no Python"),
    ],
)
def test_what_is_not_there_is_told(root: Path, path: str, symbol: str | None, said: str) -> None:
    with pytest.raises(DocsToolsError) as caught:
        load_excerpt(root, path, symbol)
    assert said in f"{caught.value}\n{caught.value.hint}"


def test_what_it_shows_is_no_directive_and_counts_as_a_source(root: Path) -> None:
    (root / "src/page.html").write_text("<!-- docs_tools/tree { path: src } -->\n")
    context = Context(Facts("docs/data"), root=root)
    match = DIRECTIVE.fullmatch("<!-- docs_tools/excerpt { path: src/page.html } -->")
    assert match

    made = expand(match, context)

    assert made == ('```html title="src/page.html"\n<!-- docs_tools/tree { path: src } -->\n```')
    assert context.sources == {root / "src/page.html"}
