"""Figures of code and folders in pages: `class-diagram` and `tree`."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import markdown
import pytest

from docs_tools.errors import DocsToolsError
from docs_tools.markdown import Context, DirectivesExtension
from docs_tools.markdown.expand import expand
from docs_tools.markdown.syntax import DIRECTIVE, Source
from docs_tools.model.facts import Facts

STORES = """\
class Store:
    def get(self, key: str) -> bytes: ...
    def put(self, key: str, value: bytes) -> None: ...

class Disk(Store):
    folder: str
"""
CLASSES = "<!-- docs_tools/class-diagram { class: toolbox.Store } -->"
TREE = "<!-- docs_tools/tree { path: src, comments: { toolbox/: all of it } } -->"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    package = tmp_path / "src/toolbox"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(STORES)
    return tmp_path


def render(root: Path, directive: str) -> str:
    match = DIRECTIVE.fullmatch(directive)
    assert match
    return expand(match, Context(Facts("docs/data"), root=root))


def problem(root: Path, directive: str) -> str:
    with pytest.raises(DocsToolsError) as caught:
        render(root, directive)
    (found,) = caught.value.diagnostics
    return str(found)


def test_a_class_diagram_is_a_fence_with_the_same_facts_as_a_table(root: Path) -> None:
    fence, _, table = render(root, CLASSES).partition("\n\n")

    assert fence.startswith("```mermaid\nclassDiagram\n")
    assert fence.endswith("\n    Store <|-- Disk\n```")
    assert table == (
        "<details>\n<summary>As a table</summary>\n\n"
        "| Class | Inherits from | Members |\n| --- | --- | --- |\n"
        "| `toolbox.Store` |  | <code>get&#40;key&#58; str&#41; -&gt; bytes</code><br>"
        "<code>put&#40;key&#58; str, value&#58; bytes&#41; -&gt; None</code> |\n"
        "| `toolbox.Disk` | `Store` | `folder: str` |\n\n</details>"
    )


@pytest.mark.parametrize(
    ("options", "shown", "hidden"),
    [
        ("subclasses: false", {"get", "put"}, {"Disk"}),
        ("members: [get, folder]", {"Disk", "get", "folder"}, {"put"}),
        ("members: []", {"Disk"}, {"get", "folder"}),
        ("packages: [other]", {"Tape"}, {"Disk"}),
        ("packages: [toolbox, other]", {"Tape", "Disk"}, set()),
        ("paths: [src]", {"Disk"}, set()),
    ],
)
def test_options_choose_what_a_class_diagram_shows(
    root: Path, options: str, shown: set[str], hidden: set[str]
) -> None:
    (root / "other.py").write_text("import toolbox\nclass Tape(toolbox.Store): pass\n")
    if "other" not in options:
        (root / "other.py").unlink()

    text = render(root, f"<!-- docs_tools/class-diagram {{ class: toolbox.Store, {options} }} -->")

    words = set(re.findall(r"\w+", text))
    assert shown <= words
    assert words.isdisjoint(hidden)


def test_a_tree_is_a_fence(root: Path) -> None:
    assert render(root, TREE) == "```text\nsrc/\n└── toolbox/  # all of it\n```"
    (root / "readme.md").touch()
    deeper = render(root, "<!-- docs_tools/tree { path: ., depth: 3, exclude: ['*.md'] } -->")
    assert deeper.splitlines()[1:-1] == [
        "./",
        "└── src/",
        "    └── toolbox/",
        "        └── __init__.py",
    ]


@pytest.mark.parametrize(
    ("directive", "message"),
    [
        ("class-diagram", "class-diagram: class: is missing"),
        (
            "class-diagram { class: toolbox.Stor }",
            'class-diagram: there is no class "toolbox.Stor"\n    did you mean toolbox.Store?',
        ),
        (
            "class-diagram { class: toolbox.Store, members: [gat] }",
            'class-diagram: no class of the figure defines "gat"\n    did you mean get?',
        ),
        (
            "class-diagram { class: toolbx.Store }",
            'class-diagram: there is no package "toolbx" in ., src\n    did you mean toolbox?',
        ),
        (
            "class-diagram { class: toolbox.Store, paths: [lib] }",
            'class-diagram: there is no package "toolbox" in lib\n'
            "    name its folder: `paths: [FOLDER]`",
        ),
        (
            "class-diagram { class: broken.Store }",
            "class-diagram: src/broken.py:2: not Python: invalid syntax",
        ),
        (
            "class-diagram { class: toolbox.Store, paths: [../..] }",
            'class-diagram: "../.." lies outside the project\n'
            "    write a path from the folder of the configuration, such as src",
        ),
        (
            "class-diagram { class: os.PathLike, paths: [/usr/lib/python3.11] }",
            'class-diagram: "/usr/lib/python3.11" is no path within the project\n'
            "    write a path from the folder of the configuration, such as src",
        ),
        ("class-diagram { class: 3 }", 'class-diagram: class: 3 is a number here; quote it: "3"'),
        ("class-diagram { class: [a] }", "class-diagram: class: must be text, not a list"),
        (
            "class-diagram { class: a.B, subclasses: 'no' }",
            "class-diagram: subclasses: must be true or false",
        ),
        ("tree", "tree: path: is missing"),
        ("tree { path: scr }", 'tree: there is no folder "scr"\n    did you mean src?'),
        (
            "tree { path: src/../.. }",
            'tree: "src/../.." lies outside the project\n'
            "    write a path from the folder of the configuration, such as src",
        ),
        (
            "tree { path: src, comments: { toolbax: x } }",
            'tree: a comment for "toolbax", which is not in the tree\n    did you mean toolbox?',
        ),
        (
            "tree { path: src, exclude: [tool*], comments: { toolbox: x } }",
            'tree: a comment for "toolbox", which is not in the tree\n    there is: nothing',
        ),
        (
            "tree { path: src, exclude: [toolbx] }",
            'tree: `exclude`: nothing matches "toolbx"\n    did you mean toolbox?',
        ),
        (
            "tree { path: src, depth: 0 }",
            "tree: depth: input should be greater than or equal to 1",
        ),
        ("tree { path: src, comments: [a] }", "tree: comments: must be a mapping, not a list"),
    ],
)
def test_what_is_wrong_with_a_figure_is_said_with_its_mend(
    root: Path, directive: str, message: str
) -> None:
    if "broken" in directive:
        (root / "src/broken.py").write_text("\nclass = 1\n")

    assert problem(root, f"<!-- docs_tools/{directive} -->") == f"docs_tools/{message}"


@pytest.mark.parametrize("key", ["clas", "class_", "Class"])
def test_the_mend_of_a_misspelt_class_is_what_an_author_writes(root: Path, key: str) -> None:
    with pytest.raises(DocsToolsError) as caught:
        render(root, f"<!-- docs_tools/class-diagram {{ {key}: toolbox.Store }} -->")

    said = [str(found) for found in caught.value.diagnostics]
    assert f"docs_tools/class-diagram: {key}: no such key; did you mean `class`?" in said


def test_all_options_are_named_by_what_an_author_writes(root: Path) -> None:
    with pytest.raises(DocsToolsError) as caught:
        render(root, "<!-- docs_tools/class-diagram { class: a.B, zzz: 1 } -->")

    (found,) = caught.value.diagnostics
    assert "there is: class, members, subclasses, packages, paths" in str(found)


def test_figures_become_a_drawing_a_table_and_a_text_in_the_page(root: Path) -> None:
    extension = DirectivesExtension(Context(Facts("docs/data"), root=root))
    extension.source = Source("docs/page.md", f"{CLASSES}\n\n{TREE}\n")

    html = markdown.markdown(extension.source.text, extensions=["fenced_code", extension])

    assert extension.problems == []
    assert "<svg" in html
    assert "Store and what inherits from it</title>" in html
    assert "<code>toolbox.Disk</code></td>" in html
    assert re.search(r"<pre><code[^>]*>src/\n└── toolbox/  # all of it\n</code></pre>", html)
    assert "```" not in html


ALL = "<!-- docs_tools/tree { path: ., depth: 4 } -->"


def git(folder: Path, *args: str) -> None:
    command = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *args]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def put(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).touch()


def shown(root: Path, directive: str = ALL) -> list[str]:
    lines = render(root, directive).splitlines()[2:-1]
    return [line.split("── ")[1] for line in lines]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose project is in a folder of it, after a build."""
    top = tmp_path / "top"
    root = top / "project"
    put(root, "docs/index.md", "src/größe 名.py", 'src/a"b\n.py', "src/gone.py", "src/forced.log")
    (top / ".gitignore").write_text("site/\n*.log\n")
    git(top.parent, "init", "--quiet", "top")
    git(top, "add", "--all")
    git(top, "add", "--force", "project/src/forced.log")
    git(top, "commit", "--quiet", "--message=x")
    put(root, "site/index.html", "docs/site/x", "docs/x.log", "build/lib/x", "new.py")
    (root / ".gitignore").write_text("/build/\n")
    (root / "src/gone.py").unlink()
    return root


KNOWN = ["docs/", "index.md", "src/", 'a"b\\n.py', "forced.log", "größe 名.py"]


def test_a_tree_shows_nothing_that_git_ignores(repository: Path) -> None:
    assert shown(repository) == [*KNOWN[:2], "new.py", *KNOWN[2:]]
    assert shown(repository, "<!-- docs_tools/tree { path: src } -->") == KNOWN[3:]


def test_a_tree_is_the_same_in_another_work_tree(repository: Path, tmp_path: Path) -> None:
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message=x")
    git(repository, "worktree", "add", "--quiet", "--detach", str(tmp_path / "other"))
    put(tmp_path, "other/project/site/index.html")

    assert render(tmp_path / "other/project", ALL) == render(repository, ALL)


def test_a_repository_within_the_repository_is_a_folder_without_its_files(
    repository: Path,
) -> None:
    put(repository, "lib/x.py")
    git(repository, "init", "--quiet", "lib")
    git(repository / "lib", "add", "x.py")
    git(repository / "lib", "commit", "--quiet", "--message=x")

    assert shown(repository) == [*KNOWN[:2], "lib/", "new.py", *KNOWN[2:]]


def test_a_tree_shows_all_where_git_can_not_tell(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = ["build/", "lib/", "x", "docs/", "index.md", "site/", "x", "x.log", "new.py",
                  "site/", "index.html", *KNOWN[2:]]  # fmt: skip

    with monkeypatch.context() as patch:
        patch.setenv("PATH", str(tmp_path / "nothing"))
        assert shown(repository) == everything
    with monkeypatch.context() as patch:  # in a hook
        patch.setenv("GIT_DIR", str(repository.parent / ".git"))
        assert shown(repository) == everything
    shutil.rmtree(repository.parent / ".git")
    assert shown(repository) == everything


def test_a_tree_asks_git_once(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    run = subprocess.run

    def counted(*args: Any, **options: Any) -> Any:
        calls.append(args)
        return run(*args, **options)

    monkeypatch.setattr("docs_tools.git.subprocess.run", counted)

    render(repository, ALL)

    assert len(calls) == 1
