"""Why a page was made again, in words that its author understands."""

from pathlib import Path

import pytest

from docs_tools.build.memory.store import Entry, Store
from docs_tools.build.memory.trace import Inputs, Trace

PARTS = {"its text": "1", "markdown_extensions": "2", "installed packages": "3"}
WORDS = {"file:a.py": "reads a.py", "link:b.md": "links to b.md", "kind:c": "looks for c"}


class Builds:
    """Builds of one site, one after the other."""

    def __init__(self, folder: Path, name: str = "site") -> None:
        self.store = Store(folder)
        self.name = name

    def begin(self) -> Trace:
        return Trace(self.store, self.name, lambda name: WORDS.get(name, name))

    def build(self, **pages: Inputs) -> None:
        trace = self.begin()
        for page, inputs in pages.items():
            trace.note(page, inputs)
        trace.save()


@pytest.fixture
def builds(tmp_path: Path) -> Builds:
    return Builds(tmp_path / "store")


@pytest.mark.parametrize(("now", "words"), [
    (PARTS, "no longer remembered"),
    (PARTS | {"its text": "9"}, "its text changed"),
    (PARTS | {"settings of data": "9"}, "settings of data is new"),
    ({"its text": "1", "installed packages": "3"}, "markdown_extensions is gone"),
    (PARTS | {"its text": "9", "markdown_extensions": "9"},
     "its text changed; markdown_extensions changed"),
    (dict.fromkeys(PARTS, "9") | {"settings of data": "9"},
     "its text changed; markdown_extensions changed; installed packages changed; and 1 more"),
    ({"settings": "1"},
     "settings is new; its text is gone; markdown_extensions is gone; and 1 more"),
    ({}, "its text is gone; markdown_extensions is gone; installed packages is gone"),
])  # fmt: skip
def test_what_was_known_beforehand_is_named(
    builds: Builds, now: dict[str, str], words: str
) -> None:
    builds.build(page=Inputs(PARTS))
    assert builds.begin().reason("page", Inputs(now)) == words


@pytest.mark.parametrize(("before", "now", "words"), [
    ({"file:a.py": "1"}, {"file:a.py": "2"}, "reads a.py, changed"),
    ({"file:a.py": "1"}, {"file:a.py": None}, "reads a.py, which is gone"),
    ({"file:a.py": None}, {"file:a.py": "1"}, "reads a.py, which is new"),
    ({"link:b.md": "b/ INCLUDED"}, {"link:b.md": "b.html INCLUDED"}, "links to b.md, changed"),
    ({"kind:c": ""}, {"kind:c": "file"}, "looks for c, which is new"),
    ({"kind:c": "file"}, {"kind:c": ""}, "looks for c, which is gone"),
    ({"kind:c": "file"}, {"kind:c": "folder"}, "looks for c, changed"),
    ({"other:x": "1", "file:a.py": "1"}, {"other:x": "2", "file:a.py": "2"},
     "other:x, changed; reads a.py, changed"),
    ({str(n): "1" for n in range(5)}, {str(n): "2" for n in range(5)},
     "0, changed; 1, changed; 2, changed; and 2 more"),
    ({"file:a.py": "1"}, {"file:a.py": "1"}, "no longer remembered"),
])  # fmt: skip
def test_what_showed_on_the_way_is_named_with_what_happened_to_it(
    builds: Builds, before: dict[str, str | None], now: dict[str, str | None], words: str
) -> None:
    builds.build(page=Inputs(PARTS, before))
    trace = builds.begin()
    assert trace.depends_before("page", PARTS) == list(before)
    # other code may have called things otherwise: nobody is asked what they are now
    assert trace.depends_before("page", {**PARTS, "local code": "other"}) == []
    assert trace.reason("page", Inputs(PARTS, now)) == words


def test_what_showed_on_the_way_says_nothing_where_the_page_itself_changed(builds: Builds) -> None:
    builds.build(page=Inputs(PARTS, {"file:a.py": "1"}))
    now = Inputs(PARTS | {"its text": "9"}, {"file:a.py": "2"})
    assert builds.begin().reason("page", now) == "its text changed"


def test_a_page_is_new_where_the_build_before_had_none(builds: Builds) -> None:
    assert builds.begin().reason("page", Inputs(PARTS)) == "not built before"
    assert builds.begin().depends_before("page", PARTS) == []
    builds.build(other=Inputs(PARTS))
    assert builds.begin().reason("page", Inputs(PARTS)) == "not built before"


def test_a_build_is_compared_with_the_one_that_ended_last(builds: Builds) -> None:
    builds.build(page=Inputs({"its text": "1"}))
    builds.build(page=Inputs({"its text": "2"}))
    failed = builds.begin()
    failed.note("page", Inputs({"its text": "3"}))
    assert builds.begin().reason("page", Inputs({"its text": "2"})) == "no longer remembered"
    assert builds.begin().reason("page", Inputs({"its text": "1"})) == "its text changed"


def test_what_is_noted_counts_from_the_next_build_on(builds: Builds) -> None:
    builds.build(page=Inputs({"its text": "1"}))
    trace = builds.begin()
    trace.note("page", Inputs({"its text": "2"}))
    assert trace.reason("page", Inputs({"its text": "2"})) == "its text changed"


def test_builds_of_other_sites_in_the_same_store_are_others(builds: Builds, tmp_path: Path) -> None:
    builds.build(page=Inputs(PARTS))
    other = Builds(tmp_path / "store", "other site")
    assert other.begin().reason("page", Inputs(PARTS)) == "not built before"
    other.build(page=Inputs({}))
    assert builds.begin().reason("page", Inputs(PARTS)) == "no longer remembered"


@pytest.mark.parametrize("pages", [
    None, 1, [], {"page": None}, {"page": []}, {"page": [{}]}, {"page": [{}, []]},
    {"page": {"parts": {}}}, {"page": [{}, {}, {}]}, {"page": "ab"},
])  # fmt: skip
def test_a_trace_that_makes_no_sense_is_none(builds: Builds, pages: object) -> None:
    builds.build(page=Inputs(PARTS))
    entries = [path for path in builds.store.folder.rglob("trace/*/*") if path.is_file()]
    assert len(entries) == 1
    key = entries[0].parent.name + entries[0].name
    builds.store.put("trace", key, Entry({"pages": pages}))
    assert builds.begin().depends_before("page", PARTS) == []
    assert builds.begin().reason("page", Inputs(PARTS)) == "not built before"


def test_parts_and_values_that_make_no_sense_differ(builds: Builds) -> None:
    builds.build(page=Inputs(PARTS))
    (entry,) = (path for path in builds.store.folder.rglob("trace/*/*") if path.is_file())
    odd = {"page": [{"its text": [1]}, {"file:a.py": {"odd": 1}}]}
    builds.store.put("trace", entry.parent.name + entry.name, Entry({"pages": odd}))
    now = Inputs({"its text": "1"}, {"file:a.py": "1"})
    assert builds.begin().reason("page", now) == "its text changed"
