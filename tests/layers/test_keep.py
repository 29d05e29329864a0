"""A comment in the file's own language lets ARNs keep their number."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docs_tools.layers.keep import Kept, find_kept
from tests.layers.arns import arn, inserted
from tests.size import examples

OLD, NEW = arn("eu-west-1", "PythonV2", 7), arn("eu-west-1", "PythonV2", 40)

COMMENTS = {
    "Markdown": "<!-- {} -->",
    "Python": "# {}",
    "TypeScript": "// {}",
    "Java": "/* {} */",
    "SQL": "-- {}",
    "Jinja": "{{# {} #}}",
    "YAML": "#{}",
    "INI": "; {}",
    "Batch": "REM {}",
    "reStructuredText": ".. {}",
}


def insert(text: str) -> str:
    return inserted(text, NEW).text


@pytest.mark.parametrize("comment", COMMENTS.values(), ids=COMMENTS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_comment_excuses_its_own_line_in_any_language(comment: str, end: str) -> None:
    keep = comment.format("docs_tools: keep")

    text = f"{OLD}{end}x: {OLD} {keep}{end}{OLD}{end}"

    assert insert(text) == f"{NEW}{end}x: {OLD} {keep}{end}{NEW}{end}"


@pytest.mark.parametrize("comment", COMMENTS.values(), ids=COMMENTS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_comment_on_a_line_of_its_own_excuses_the_next(comment: str, end: str) -> None:
    keep = comment.format("docs_tools: keep")

    text = f"{OLD}{end}  {keep}{end}{OLD} {OLD}{end}{OLD}"

    assert insert(text) == f"{NEW}{end}  {keep}{end}{OLD} {OLD}{end}{NEW}"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_blank_lines_between_a_comment_and_what_it_excuses_do_not_matter(end: str) -> None:
    text = f"<!-- docs_tools: keep -->{end}{end}  {end}{OLD}{end}{{}}{end}# docs_tools: keep{end}"

    assert insert(text.format(OLD)) == text.format(NEW)


def test_a_reason_may_stand_behind() -> None:
    text = f"{OLD}  # docs_tools: keep, it is what 2.7 had"
    assert insert(text) == text


@pytest.mark.parametrize("comment", COMMENTS.values(), ids=COMMENTS)
def test_two_comments_excuse_all_between(comment: str) -> None:
    start, end = (comment.format(f"docs_tools: keep-{word}") for word in ("start", "end"))

    text = f"{OLD}\n{start}\n{OLD}\n\n{OLD}\n{end}\n{OLD}\n"

    assert insert(text) == f"{NEW}\n{start}\n{OLD}\n\n{OLD}\n{end}\n{NEW}\n"


def test_without_an_end_all_that_follows_is_excused_and_a_start_counts_once() -> None:
    text = f"{{}}\n# docs_tools: keep-start\n{OLD}\n# docs_tools: keep-start\n{OLD}\n"
    assert insert(text.format(OLD)) == text.format(NEW)
    ended = f"{text}# docs_tools: keep-end\n{{}}\n# docs_tools: keep-end\n{{}}\n"
    assert insert(ended.format(OLD, OLD, OLD)) == ended.format(NEW, NEW, NEW)


@pytest.mark.parametrize("comment", COMMENTS.values(), ids=COMMENTS)
def test_one_comment_excuses_the_whole_file_wherever_it_stands(comment: str) -> None:
    text = f"{OLD}\n{comment.format('docs_tools: keep-file')}\n{OLD}\n"
    assert insert(text) == text
    assert find_kept(text).whole


@pytest.mark.parametrize(
    "text", ["docs_tools: keeper", "docs_tools: keep-it", "docs_tools keep", "docs_tools:\nkeep",
             "docs_tools: Keep", "keep", "docs_tools: keep-starting", "docs_tools: keep-file-x"]
)  # fmt: skip
def test_other_words_excuse_nothing(text: str) -> None:
    assert insert(f"# {text}\n{OLD} # {text}\n") == f"# {text}\n{NEW} # {text}\n"


def test_the_last_line_may_be_the_comment() -> None:
    assert insert(f"{OLD}\n# docs_tools: keep") == f"{NEW}\n# docs_tools: keep"
    assert insert(f"{OLD}\n# docs_tools: keep\n") == f"{NEW}\n# docs_tools: keep\n"


def test_what_is_kept_is_not_told_as_ambiguous_either() -> None:
    text = f"{OLD.replace('eu-west-1', '{region}')} # docs_tools: keep"

    done = inserted(text, NEW, arn("us-east-1", "PythonV2", 39))

    assert (done.text, done.insertions, done.ambiguous) == (text, (), ())


@settings(max_examples=examples(200))
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6))
def test_a_place_is_kept_where_any_stretch_covers_it(spans: list[tuple[int, int]]) -> None:
    spans = [(min(span), max(span)) for span in spans]
    kept = Kept(spans)

    assert [kept.covers(place) for place in range(32)] == [
        any(start <= place < end for start, end in spans) for place in range(32)
    ]


LINES = st.sampled_from(
    [OLD, "text", "# docs_tools: keep", f"{OLD} # docs_tools: keep", "# docs_tools: keep-start",
     f"{OLD} # docs_tools: keep-end", "docs_tools: keep docs_tools: keep"]
)  # fmt: skip


@settings(max_examples=examples(300))
@given(st.lists(LINES, max_size=10))
def test_comments_together_excuse_what_each_excuses(lines: list[str]) -> None:
    expected, inside, excused = [], False, False
    for line in lines:
        starts = line.endswith("keep-start")
        ends = line.endswith("keep-end")
        alone = line.endswith("keep") and "arn:" not in line
        own = line.endswith("keep")
        kept = inside or excused or own
        expected.append(line if kept else line.replace(OLD, NEW))
        inside = (inside or starts) and not ends
        excused = alone
    assert insert("\n".join(lines)) == "\n".join(expected)
