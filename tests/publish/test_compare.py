"""`versions diff`: what publishing now would change, down to the text of a page."""

from pathlib import Path

import pytest

from docs_tools.errors import DocsToolsError
from docs_tools.publish.compare import find_page
from tests.project import ARN, Result, TinyProject
from tests.publish.by_hand import copied, mike, objects
from tests.publish.stand_in import CONFIG, make_site, publish

PAGES = {"index.html", "guide/index.html", "guide/start.html", "a.b/index.html", "style.css"}


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("index.html", "index.html"),
        ("/", "index.html"),
        ("", "index.html"),
        ("index.md", "index.html"),
        ("1.0.0/", "index.html"),
        ("guide/index.html", "guide/index.html"),
        ("guide/", "guide/index.html"),
        ("/guide", "guide/index.html"),
        ("guide/index.md", "guide/index.html"),
        ("guide/README.md", "guide/index.html"),
        ("guide.md", "guide/index.html"),
        ("1.0.0/guide/#install", "guide/index.html"),
        ("guide/start", "guide/start.html"),
        ("guide/start.md", "guide/start.html"),
        ("a.b", "a.b/index.html"),
        ("style.css", "style.css"),
    ],
)
def test_a_page_is_named_as_readers_and_authors_would(name: str, page: str) -> None:
    assert find_page(name, PAGES, "1.0.0") == page


@pytest.mark.parametrize(
    ("name", "hint"),
    [("guide/strat.html", 'did you mean "guide/start.html"?'), ("x", "there are: a.b/index.html")],
)
def test_an_unknown_page_is_an_error_with_the_nearest(name: str, hint: str) -> None:
    with pytest.raises(DocsToolsError, match="neither published nor built") as caught:
        find_page(name, PAGES, "1.0.0")
    assert hint in (caught.value.hint or "")


def diff(project: TinyProject, version: str, site: str, *args: str) -> Result:
    return project.docs_tools("versions", "diff", version, "--site-dir", site, *args)


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> TinyProject:
    """1.0.0, which is `latest`: no test changes it."""
    folder = tmp_path_factory.mktemp("released")
    files = {
        "index.html": "<nav>Site</nav><main><h1>Title</h1><p>Same. Old.</p></main>",
        "gone.html": "<p>gone</p>",
        "page/index.html": '<main><a href="a">link</a></main>',
        "image.png": "\x7fPNG",
        "note.txt": "one\ntwo\n",
    }
    config = {"mkdocs.yml": CONFIG, "docs/index.md": "# Tiny\n"}
    project = TinyProject(folder / "project").create(config)
    site = make_site(folder / "one", files)
    assert publish(project, "1.0.0", "latest", site=site).status == 0
    return project


@pytest.fixture
def site(tmp_path: Path) -> str:
    """Another site than what is released."""
    folder = tmp_path / "two"
    make_site(
        folder,
        {
            "index.html": "<nav>Other</nav><main><h1>Title</h1><p>Same. New\x1b[2J.</p></main>",
            "new.html": "<pre>if a:\n    b</pre>",
            "page/index.html": '<main><a href="b">link</a></main>',
            "note.txt": "one\n2\n",
        },
    )
    (folder / "image.png").write_bytes(b"\x89PNG\xff")
    return str(folder)


def test_pages_that_come_change_and_go_are_listed(
    released: TinyProject, site: str, tmp_path: Path
) -> None:
    released = copied(released.folder.parent, tmp_path / "copy")
    before, head = objects(released), released.git("rev-parse", "gh-pages")
    result = diff(released, "1.0.0", site, "--json")
    assert result.json["pages"] == {
        "added": ["new.html"],
        "changed": ["index.html", "page/index.html"],
        "removed": ["gone.html"],
    }
    assert (result.json["version"], result.json["changed"]) == ("1.0.0", True)
    said = diff(released, "1.0.0", site)
    assert (said.status, said.err) == (0, "")
    assert "pages changed: 2\n    index.html\n    page/index.html\n" in said.out
    assert (objects(released), released.git("rev-parse", "gh-pages")) == (before, head)
    assert publish(released, "1.0.0", "--json", site=site).json["paths"] == result.json["paths"]
    assert "1.0.0 is up to date" in diff(released, "1.0.0", site).out


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("/", "@@ -1,3 +1,3 @@\n Title\n Same.\n-Old.\n+New\\x1b[2J.\n"),
        ("new.html", "@@ -0,0 +1,2 @@\n+if a:\n+    b\n"),
        ("gone", "@@ -1 +0,0 @@\n-gone\n"),
        ("page/", '-<main><a href="a">link</a></main>\n+<main><a href="b">link</a></main>\n'),
        ("note.txt", "@@ -1,3 +1,3 @@\n one\n-two\n+2\n \n"),
        ("image.png", "image.png is no text; it differs\n"),
    ],
)
def test_the_text_of_a_page_is_compared(
    released: TinyProject, site: str, page: str, text: str
) -> None:
    result = diff(released, "1.0.0", site, "--page", page)
    assert result.status == 0, result.err
    assert result.out.endswith(text)
    assert ("only its HTML differs" in result.out) == (page == "page/")
    found = diff(released, "1.0.0", site, "--page", page, "--json").json
    assert found["text"].replace("\x1b", "\\x1b") == result.out
    assert find_page(page, {found["page"]}, "1.0.0")


def test_a_version_that_is_not_published_is_compared_with_nothing(
    small: TinyProject, site: str
) -> None:
    assert diff(small, "1.0.0", site, "--json").json["pages"]["removed"] == []
    result = diff(small, "1.0.0", site, "--page", "new.html")
    head = "--- published new.html\n+++ built new.html\n@@ -0,0 +1,2 @@\n"
    assert result.out == f"{head}+if a:\n+    b\n"
    assert small.git("for-each-ref", "refs/heads/gh-pages") == ""


def test_a_page_that_stays_is_said_to_be_the_same(released: TinyProject) -> None:
    same = diff(released, "1.0.0", str(released.folder.parent / "one"), "--page", "index.html")
    assert (same.status, same.out) == (0, "index.html is the same\n")


def test_bad_input_is_refused_with_the_mend(released: TinyProject, site: str) -> None:
    alias = diff(released, "latest", site)
    assert (alias.status, alias.out) == (1, "")
    assert "docs_tools versions diff 1.0.0" in alias.err
    page = diff(released, "1.0.0", site, "--page", "indx.html")
    assert (page.status, 'did you mean "index.html"?' in page.err) == (1, True)
    for args in (["../x", site], ["1.0.0", site, "--allow-dirty"], ["1.0.0", site, "--layers", "a"],
                 ["1.0.0", site, "--ref", "-x"]):  # fmt: skip
        assert diff(released, *args).status == 2


def test_the_checkout_a_ref_and_other_layers_are_built_and_compared(project: TinyProject) -> None:
    project.git("tag", "v1.0.0")
    mike(project, "deploy", "1.0.0")
    project.write("docs/index.md", "# Tiny\n\nNew text.\n")
    project.commit("new text")
    before, runs = objects(project), project.git("worktree", "list")
    text = project.docs_tools("versions", "diff", "1.0.0", "--page", "index.md")
    assert text.status == 0, text.err
    assert "+New text." in text.out.splitlines()
    (project.folder.parent / "arns").write_text(f"{ARN}:77\n")
    other = project.docs_tools(
        *("versions", "diff", "1.0.0", "--ref", "v1.0.0", "--layers", "../arns"),
        *("--page", "page.html"),
    )
    assert other.status == 0, other.err
    assert f"+eu-west-1 | {ARN}:77" in other.out.splitlines()
    assert (objects(project), project.git("worktree", "list")) == (before, runs)
