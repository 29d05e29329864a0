"""Whatever stands in a data file, it gives facts that can be shown, or says what is wrong."""

import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, get_args

import pytest
import yaml
from hypothesis import event, given, settings
from hypothesis import strategies as st

from docs_tools.errors import DocsToolsError
from docs_tools.markdown import Context
from docs_tools.markdown.expand import expand
from docs_tools.markdown.syntax import DIRECTIVE
from docs_tools.model.facts import DATA_FILES, Facts, load_facts
from docs_tools.model.fields import Fact
from docs_tools.render.values import render_values
from tests.size import examples

T = TypeVar("T")

DIRECTIVES = [
    *("labels", "maintainers", "maintainers { group: emeritus }", "layers", "gantt", "flowchart"),
    *("fact { path: release.total }", "labels { name: bug }", 'layers { version: "1.0.0" }'),
]

SCALARS = [
    *("bug", "ada", "1.0.0", "8s", "2.2m", "1h30m", "0s", "d73a4a", "#FFFFFF", "x86_64", "a/b"),
    *("{runtime}", "{architecture}", "eu-west-1", "123456789012", "build", "main", "", " ", "<x>"),
    *("`", "|", "{{ x }}", "\x00", "\x02", "\n", "\u2028", "é", "🎉", "x" * 60, "9" * 400),
]


def facts_in(annotation: Any) -> Iterator[type[Fact]]:
    if isinstance(annotation, type) and issubclass(annotation, Fact):
        yield annotation
        for field in annotation.model_fields.values():
            yield from facts_in(field.annotation)
    for inner in get_args(annotation):
        yield from facts_in(inner)


def keys_of(stem: str) -> list[str]:
    """Every key that a record of a data file may have."""
    return sorted({key for fact in facts_in(DATA_FILES[stem]) for key in fact.model_fields})


def attempt(work: Callable[[], T]) -> T | DocsToolsError:
    """What comes out, or the error: another kind of error is a bug."""
    try:
        return work()
    except DocsToolsError as error:
        return error


def check(stem: str, text: str) -> None:
    """Loads a folder with this one file, and shows what it says."""
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / f"{stem}.yml").write_text(text, encoding="utf-8", newline="")
        facts = attempt(lambda: load_facts(Path(name), "docs/data"))
    event("faults" if isinstance(facts, DocsToolsError) else "facts")
    if isinstance(facts, Facts):
        show(facts)
        return
    assert facts.diagnostics
    for problem in facts.diagnostics:
        assert problem.message
        assert problem.file == f"docs/data/{stem}.yml"
        assert str(problem) in str(facts)


def show(facts: Facts) -> None:
    for value in render_values(facts).values():
        assert "\n" not in value
        assert "<script" not in value
    for directive in DIRECTIVES:
        match = DIRECTIVE.fullmatch(f"<!-- docs_tools/{directive} -->")
        assert match
        shown = attempt(partial(expand, match, Context.of_newest(facts)))
        if isinstance(shown, DocsToolsError):
            assert shown.diagnostics
            assert all(problem.message for problem in shown.diagnostics)
        else:
            assert shown


PIECES = [
    *(
        "- ",
        ": ",
        ", ",
        "\n",
        "\n  ",
        "\n    ",
        "{",
        "}",
        "[",
        "]",
        "'",
        '"',
        "#",
        "&a ",
        "*a ",
        "!!",
    ),
    *("|\n ", ">\n ", "? ", "---\n", "...\n", "%YAML 9\n", "<<: ", "!!str ", "!x ", "\t", "\r\n"),
    *("null", "~", "true", "no", "1", "1.10", "0x1f", "1e999", ".nan", "2024-01-01", "=", "@", "`"),
]


@pytest.mark.parametrize("stem", DATA_FILES)
@settings(max_examples=examples(150))
@given(data=st.data())
def test_any_text_gives_facts_or_its_faults(stem: str, data: st.DataObject) -> None:
    keys = [f"{key}: " for key in keys_of(stem)]
    pieces = st.sampled_from([*PIECES, *keys, *keys, *SCALARS]) | st.text(max_size=5)

    check(stem, "".join(data.draw(st.lists(pieces, max_size=30))))


@pytest.mark.parametrize("stem", DATA_FILES)
@settings(max_examples=examples(150))
@given(data=st.data())
def test_any_document_gives_facts_or_its_faults(stem: str, data: st.DataObject) -> None:
    """Documents of the right keys get further than text does."""
    keys = st.sampled_from(keys_of(stem))
    scalars = st.sampled_from(SCALARS) | st.none() | st.booleans() | st.integers() | st.floats()
    values = st.recursive(
        scalars,
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(keys | st.sampled_from(SCALARS), inner, max_size=5)
        ),
        max_leaves=20,
    )
    top = st.sampled_from(list(DATA_FILES[stem].model_fields))

    check(stem, yaml.safe_dump(data.draw(st.dictionaries(top, values)), allow_unicode=True))


def mostly(*right: str) -> st.SearchStrategy[str]:
    return st.integers(0, 9).flatmap(lambda n: st.sampled_from(right if n else SCALARS))


TEXTS = mostly("text", "a | b", "`x` <b>", "{{ x }}", "1.0", "é 🎉", "two\nlines", "y" * 49)
IDS = mostly("a", "b", "c-d", "end", "e1", "e2")
DURATIONS = mostly("1s", "8s", "2.2m", "1h", "999999h", "800h")
numbers = st.integers(0, 99)
ALMOST: dict[str, st.SearchStrategy[Any]] = {
    "labels": st.fixed_dictionaries(
        {
            "labels": st.lists(
                st.fixed_dictionaries(
                    {"name": TEXTS, "usage": TEXTS},
                    optional={
                        "color": TEXTS,
                        "notes": TEXTS,
                        "group": IDS,
                        "listed": st.booleans(),
                    },
                ),
                max_size=3,
            )
        }
    ),
    "maintainers": st.fixed_dictionaries(
        {"active": st.lists(st.fixed_dictionaries({"name": TEXTS, "github": IDS}), max_size=3)},
        optional={"project": st.fixed_dictionaries({"name": TEXTS, "branch": TEXTS})},
    ),
    "release": st.fixed_dictionaries(
        {
            "title": TEXTS,
            "sections": st.lists(
                st.fixed_dictionaries(
                    {
                        "name": TEXTS,
                        "jobs": st.lists(
                            st.fixed_dictionaries(
                                {"id": IDS, "name": TEXTS, "duration": DURATIONS},
                                optional={"after": st.lists(IDS, max_size=2)},
                            ),
                            min_size=1,
                            max_size=2,
                        ),
                    }
                ),
                min_size=1,
                max_size=2,
            ),
        },
        optional={
            "milestones": st.lists(
                st.fixed_dictionaries(
                    {"id": IDS, "name": TEXTS},
                    optional={"after": st.lists(IDS, max_size=2), "at": DURATIONS},
                ),
                max_size=2,
            ),
            "estimate": st.fixed_dictionaries({"least": DURATIONS, "most": DURATIONS}),
        },
    ),
    "layers": st.fixed_dictionaries(
        {
            "layers": st.lists(
                st.fixed_dictionaries(
                    {
                        "id": st.sampled_from("ab"),
                        "name": mostly("Lib", "Lib-{architecture}", "Lib{runtime}"),
                        "account": mostly("123456789012"),
                        "architectures": st.dictionaries(
                            TEXTS, mostly("x86", ""), min_size=1, max_size=2
                        )
                        | st.lists(mostly("x86_64", "arm64"), min_size=1, max_size=2),
                        "regions": st.lists(
                            mostly("eu-west-1", "cn-north-1"), min_size=1, max_size=2
                        ),
                    },
                    optional={"runtimes": st.dictionaries(TEXTS, mostly("py", ""), max_size=2)},
                ),
                max_size=2,
            ),
            "releases": st.lists(
                st.fixed_dictionaries(
                    {
                        "version": mostly("1.0.0", "1.1.0", "2"),
                        "layer": st.just("a"),
                        "number": numbers,
                    }
                ),
                max_size=3,
            ),
        }
    ),
}


@pytest.mark.parametrize("stem", DATA_FILES)
@settings(max_examples=examples(150))
@given(data=st.data())
def test_a_document_that_is_almost_right_gives_facts_or_its_faults(
    stem: str, data: st.DataObject
) -> None:
    check(stem, yaml.safe_dump(data.draw(ALMOST[stem]), allow_unicode=True))


@pytest.mark.parametrize("stem", DATA_FILES)
@pytest.mark.parametrize(
    "raw",
    [b"\xff\xfe\x00", b"\x80abc", "labels: \ud800".encode("utf-8", "surrogatepass"), b"\x00", b""],
)
def test_bytes_that_are_no_text_are_refused(stem: str, raw: bytes, tmp_path: Path) -> None:
    (tmp_path / f"{stem}.yml").write_bytes(raw)

    with pytest.raises(DocsToolsError) as caught:
        load_facts(tmp_path, "docs/data")
    assert [problem.file for problem in caught.value.diagnostics] == [f"docs/data/{stem}.yml"]
