"""What was made is found by its inputs, also by those that only showed while it was made."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docs_tools.build.memory.recall import Recall
from docs_tools.build.memory.store import Entry, Store
from tests.size import examples

KNOWN, OTHER = "aa" * 20, "bb" * 20
VARIANTS = 8


class Page:
    """A page that includes a snippet, which may include another: as a converter would ask."""

    def __init__(self, recall: Recall) -> None:
        self.recall = recall
        self.files: dict[str, str] = {}
        self.made = 0

    def get(self, known: str = KNOWN) -> str:
        found = self.recall.find(known, self.files.get)
        if found:
            assert found.depends == {name: self.files.get(name) for name in found.depends}
            return found.entry.text
        text, depends = self.make()
        self.recall.keep(known, depends, Entry({}, text))
        return text

    def make(self) -> tuple[str, dict[str, str | None]]:
        self.made += 1
        depends: dict[str, str | None] = {}
        name, text = "first", ""
        while name:
            depends[name] = self.files.get(name)
            content = depends[name] or "nothing"
            text += f"[{content}]"
            name = content.partition("include ")[2]
        return text, depends


@pytest.fixture
def page(tmp_path: Path) -> Page:
    return Page(Recall(Store(tmp_path / "store"), "page"))


def test_nothing_is_found_before_something_was_kept(page: Page) -> None:
    assert page.recall.find(KNOWN, lambda name: None) is None


def test_what_was_made_is_found_again_and_says_what_it_depends_on(page: Page) -> None:
    page.recall.keep(KNOWN, {"b": "1", "a": None}, Entry({"title": "T"}, "text"))
    found = page.recall.find(KNOWN, {"b": "1"}.get)
    assert found is not None
    assert found.entry == Entry({"title": "T"}, "text")
    assert found.depends == {"a": None, "b": "1"}


def test_other_inputs_find_nothing(page: Page) -> None:
    page.recall.keep(KNOWN, {"a": "1"}, Entry({}, "text"))
    assert page.recall.find(OTHER, {"a": "1"}.get) is None
    assert page.recall.find(KNOWN, {"a": "2"}.get) is None
    assert page.recall.find(KNOWN, dict[str, str]().get) is None
    assert Recall(page.recall.store, "output").find(KNOWN, {"a": "1"}.get) is None


@pytest.mark.parametrize("value", ["None", "", "gone", "is ", "\0"])
def test_what_is_gone_is_told_from_any_value(page: Page, value: str) -> None:
    page.recall.keep(KNOWN, {"variable:X": None}, Entry({}, "unset"))
    assert page.recall.find(KNOWN, {"variable:X": value}.get) is None
    page.recall.keep(KNOWN, {"variable:X": value}, Entry({}, "set"))
    for values, text in (({}, "unset"), ({"variable:X": value}, "set")):
        found = page.recall.find(KNOWN, values.get)
        assert found is not None
        assert found.entry.text == text


def test_names_and_values_are_not_mixed_up(page: Page) -> None:
    page.recall.keep(KNOWN, {"a": "1\0b", "c": "2"}, Entry({}, "text"))
    page.recall.keep(KNOWN, {"a": "other", "c": "2"}, Entry({}, "other"))
    assert page.recall.find(KNOWN, {"a": "1", "c": "b\0002"}.get) is None


def test_a_snippet_is_missing_and_added_and_goes_back_in_time(page: Page) -> None:
    assert page.get() == "[nothing]"
    page.files["first"] = "one"
    assert page.get() == "[one]"
    page.files["first"] = "include second"
    assert page.get() == "[include second][nothing]"
    page.files["second"] = "two"
    assert page.get() == "[include second][two]"
    assert page.made == 4
    del page.files["second"]
    assert page.get() == "[include second][nothing]"
    page.files["first"] = "one"
    assert page.get() == "[one]"
    del page.files["first"]
    assert page.get() == "[nothing]"
    assert page.made == 4, "each of these was made before"


def test_the_newest_eight_ways_are_kept(page: Page) -> None:
    for number in range(VARIANTS + 3):
        page.recall.keep(KNOWN, {f"snippet {number}": "text"}, Entry({}, str(number)))
    every = {f"snippet {number}": "text" for number in range(VARIANTS + 3)}
    found = [
        text.entry.text if (text := page.recall.find(KNOWN, {name: every[name]}.get)) else None
        for name in every
    ]
    assert found == [None] * 3 + [str(number) for number in range(3, VARIANTS + 3)]


def test_a_way_that_is_used_again_is_the_newest(page: Page) -> None:
    for number in range(VARIANTS):
        page.recall.keep(KNOWN, {f"snippet {number}": "text"}, Entry({}, str(number)))
    page.recall.keep(KNOWN, {"snippet 0": "new text"}, Entry({}, "again"))
    page.recall.keep(KNOWN, {"one more": "text"}, Entry({}, "more"))
    assert page.recall.find(KNOWN, {"snippet 0": "text"}.get) is not None
    assert page.recall.find(KNOWN, {"snippet 1": "text"}.get) is None


def test_many_values_of_one_snippet_are_one_way(page: Page) -> None:
    for number in range(3 * VARIANTS):
        page.files["first"] = str(number)
        page.get()
    for number in range(3 * VARIANTS):
        page.files["first"] = str(number)
        assert page.get() == f"[{number}]"
    assert page.made == 3 * VARIANTS


@pytest.mark.parametrize(
    "ways",
    [
        None,
        1,
        "text",
        {},
        {"a": 1},
        [1],
        [None],
        [[1]],
        [["a", None]],
        [{}],
        ["a"],
        [[], 3, [["a"]]],
    ],
)
def test_ways_that_make_no_sense_are_no_ways(page: Page, ways: object) -> None:
    page.recall.store.put("page-ways", KNOWN, Entry({"ways": ways}))
    assert page.recall.find(KNOWN, lambda name: "1") is None
    page.recall.keep(KNOWN, {"a": "1"}, Entry({}, "text"))
    found = page.recall.find(KNOWN, {"a": "1"}.get)
    assert found is not None
    assert found.entry.text == "text"


def files(store: Store, kind: str) -> list[Path]:
    return [path for path in (store.folder / "pages" / kind).rglob("*") if path.is_file()]


@pytest.mark.parametrize("kind", ["page", "page-ways"])
@pytest.mark.parametrize("content", [b"", b"half", None])
def test_damage_costs_time_and_nothing_else(page: Page, kind: str, content: bytes | None) -> None:
    page.files["first"] = "one"
    page.get()
    damaged = files(page.recall.store, kind)
    assert len(damaged) == 1
    if content is None:
        damaged[0].unlink()
    else:
        damaged[0].write_bytes(content)
    assert page.get() == "[one]"
    assert page.made == 2
    assert page.get() == "[one]"
    assert page.made == 2


NAMES = ("first", "second", "third")
EDITS = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.sampled_from(["", "text", "other", *(f"include {name}" for name in NAMES[1:])]),
    ),
    max_size=12,
)


@given(EDITS)
@settings(max_examples=examples(40))
def test_whatever_is_edited_what_is_found_is_what_would_be_made(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, str]]
) -> None:
    page = Page(Recall(Store(tmp_path_factory.mktemp("recall")), "page"))
    seen: set[Mapping[str, str] | tuple[tuple[str, str], ...]] = set()
    for name, text in edits:
        page.files[name] = text
        if not text:
            del page.files[name]
        if page.files.get("second") == "include second" or {
            page.files.get("second"),
            page.files.get("third"),
        } >= {"include second", "include third"}:
            page.files.pop("second")  # a circle, which no converter would go round in
        if page.files.get("third") == "include third":
            page.files.pop("third")
        made = page.made
        assert page.get() == page.make()[0]
        state = tuple(sorted(page.files.items()))
        if state in seen:
            assert page.made == made + 1, "only for comparison"
        seen.add(state)
