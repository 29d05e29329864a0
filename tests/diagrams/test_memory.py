"""What is drawn is remembered by its content: an unchanged diagram costs nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from docs_tools.diagrams import CACHE_VARIABLE, Drawings, memory
from tests.project import TinyProject

SOURCE = "flowchart LR\n  a --> b"
DRAW = """
import json, sys
from pathlib import Path
from docs_tools.diagrams import Drawings
drawings = Drawings(Path(sys.argv[1]))
first, second = drawings.draw(sys.argv[2]), drawings.read(sys.argv[2])
engines = [name for name in sys.modules if "quickjs" in name or "mermaidx" in name]
print(json.dumps([drawings.drawn, engines, first.svg, first.reading.edges, second.edges]))
"""
RACE = """
import sys
from pathlib import Path
from docs_tools.diagrams import Drawings, memory
svg = "<svg>" + "ä" * 100_000 + "</svg>"
facts = dict.fromkeys(("tasks", "nodes", "edges", "classes", "relations"), [])
facts |= {"kind": "pie", "title": "", "description": ""}
memory._draw = lambda source: (svg, facts)
folder = Path(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
for turn in range(100):
    drawings = Drawings(folder)
    for source in "abc":
        assert drawings.draw(source).svg == svg
    for entry in folder.glob("*.json"):
        if turn % 3 == 0:
            entry.unlink(missing_ok=True)
"""
PAGE = f"# Tiny\n\n```mermaid\n{SOURCE}\n```\n"


@pytest.fixture(scope="module")
def entry(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What is remembered of a drawing."""
    folder = tmp_path_factory.mktemp("drawn")
    Drawings(folder).draw(SOURCE)
    (path,) = folder.glob("*.json")
    return path.read_text("utf-8")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, entry: str) -> None:
    """Mermaid as quick as can be: where only what is remembered matters."""
    drawn = json.loads(entry)
    monkeypatch.setattr(memory, "_draw", lambda source: (drawn["svg"], drawn["reading"]))


@pytest.fixture
def own_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Projects remember in their own folders, and not all in one as other tests have it."""
    monkeypatch.delenv(CACHE_VARIABLE, raising=False)


def run(code: str, *args: str) -> str:
    command = [sys.executable, "-c", code, *args]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def entries(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.json"))


def test_a_new_process_draws_nothing_again_and_starts_no_mermaid(tmp_path: Path) -> None:
    drawn, engines, *shown = json.loads(run(DRAW, str(tmp_path), SOURCE))
    assert drawn == 2  # drawn, and read without drawing
    assert engines

    again, none, *same = json.loads(run(DRAW, str(tmp_path), SOURCE))
    assert again == 0
    assert none == []
    assert same == shown
    assert shown[1:] == [[["a", "b", ""]], [["a", "b", ""]]]


def test_one_process_draws_each_diagram_once(quick: None) -> None:
    drawings = Drawings()
    first = drawings.draw("a")
    assert drawings.draw("a") is first
    assert drawings.draw("b") is not first
    assert drawings.drawn == 2


@pytest.mark.parametrize(
    "damage",
    [b"", b"\0" * 100, b"\xff\xfe", b"null", b"[]", b"{}", b'{"svg": "<svg>"}', b"half"],
    ids=repr,
)
def test_a_damaged_entry_is_drawn_again_and_mended(
    tmp_path: Path, quick: None, entry: str, damage: bytes
) -> None:
    whole = Drawings(tmp_path).draw(SOURCE)
    (path,) = entries(tmp_path)
    path.write_bytes(entry.encode()[: len(entry) // 2] if damage == b"half" else damage)

    drawings = Drawings(tmp_path)
    assert drawings.draw(SOURCE) == whole
    assert drawings.drawn == 1
    assert json.loads(path.read_text("utf-8")) == json.loads(entry)
    later = Drawings(tmp_path)
    assert later.draw(SOURCE) == whole
    assert later.drawn == 0


def test_a_folder_that_cannot_be_written_costs_time_only(tmp_path: Path, quick: None) -> None:
    (tmp_path / "file").write_text("in the way")
    drawings = Drawings(tmp_path / "file" / "diagrams")
    assert drawings.draw(SOURCE).svg.startswith("<svg")
    assert drawings.drawn == 1
    assert (tmp_path / "file").read_text() == "in the way"


def test_processes_that_write_at_once_leave_whole_entries(tmp_path: Path) -> None:
    command = [sys.executable, "-c", RACE, str(tmp_path)]
    writers = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    for writer in writers:
        assert writer.stdout
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.communicate("go\n")
    assert [writer.returncode for writer in writers] == [0] * 4
    for path in entries(tmp_path):
        assert json.loads(path.read_text("utf-8"))["svg"].endswith("</svg>")
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {".gitignore", *(path.name for path in entries(tmp_path))}


def test_the_oldest_entries_go_when_there_are_500(tmp_path: Path, quick: None) -> None:
    for i in range(510):
        path = tmp_path / f"{i}.json"
        path.write_text("{}")
        os.utime(path, (1000 + i, 1000 + i))

    drawings = Drawings(tmp_path)
    drawing = drawings.draw(SOURCE)

    assert {path.stem for path in entries(tmp_path)} == {
        drawing.key,
        *(str(i) for i in range(11, 510)),
    }


def test_git_does_not_see_what_is_remembered(
    project: TinyProject, own_folder: None, quick: None
) -> None:
    drawings = Drawings.of(project.folder)
    drawings.draw(SOURCE)
    assert drawings.folder == project.folder / ".cache/docs_tools/diagrams"
    assert drawings.folder
    assert len(entries(drawings.folder)) == 1
    assert project.git("status", "--porcelain", "--untracked-files=all") == ""


def test_a_folder_that_the_variable_names_keeps_its_own_files(
    project: TinyProject, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(project.folder))
    before = (project.folder / ".gitignore").read_text()
    drawings = Drawings.of(Path("elsewhere"))
    drawings.draw(SOURCE)
    assert drawings.folder == project.folder / "diagrams"
    assert drawings.folder
    assert len(entries(drawings.folder)) == 1
    assert (project.folder / ".gitignore").read_text() == before


def test_whatever_makes_a_drawing_is_part_of_its_key(
    quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = [Drawings().draw(SOURCE).key, Drawings().draw(f"{SOURCE}\n").key]
    with monkeypatch.context() as patch:
        patch.setattr(memory, "version", lambda package: f"{package} 99")
        keys.append(Drawings().draw(SOURCE).key)
    with monkeypatch.context() as patch:
        patch.setattr(memory, "_engine", lambda: "another")
        keys.append(Drawings().draw(SOURCE).key)

    assert len(set(keys)) == len(keys)
    assert Drawings().draw(SOURCE).key == keys[0]


def test_a_build_of_a_commit_remembers_in_the_checkout(
    project: TinyProject, own_folder: None
) -> None:
    project.write("docs/index.md", PAGE)
    project.commit("a diagram")
    folder = project.folder / ".cache/docs_tools/diagrams"

    first = project.docs_tools("build", "--ref", "HEAD", "-d", "one")
    assert first.status == 0, first.err
    (path,) = entries(folder)
    drawn = (project.folder / "one/index.html").read_text("utf-8")
    assert "<svg" in drawn

    # a mark in what is remembered shows that it is used
    path.write_text(path.read_text("utf-8").replace("</svg>", "<g class='mark'/></svg>"))
    second = project.docs_tools("build", "--ref", "HEAD", "-d", "two")
    assert second.status == 0, second.err
    assert entries(folder) == [path]
    assert "<g class='mark'/></svg>" in (project.folder / "two/index.html").read_text("utf-8")

    working_tree = project.docs_tools("build", "-d", "three")
    assert working_tree.status == 0, working_tree.err
    assert "<g class='mark'/></svg>" in (project.folder / "three/index.html").read_text("utf-8")
