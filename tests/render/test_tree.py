"""A tree shows the names as they are, and a comment for what isn't there is a mistake."""

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from docs_tools.errors import DocsToolsError
from docs_tools.model.folder import Entry
from docs_tools.render.tree import render_tree
from tests.size import examples

FOLDER = Entry(
    "src",
    True,
    (
        Entry("errors.py"),
        Entry("model", True, (Entry("facts.py"), Entry("größe.py"))),
        Entry("名前", True),
    ),
)


def test_entries_are_drawn_with_their_comments_one_below_the_other() -> None:
    comments = {"model/": "what is\n known", "model/facts.py": "one", "名前": "two"}

    assert render_tree(FOLDER, comments).splitlines() == [
        "```text",
        "src/",
        "├── errors.py",
        "├── model/        # what is known",
        "│   ├── facts.py  # one",
        "│   └── größe.py",
        "└── 名前/         # two",
        "```",
    ]


def test_a_folder_without_entries_is_its_name() -> None:
    assert render_tree(Entry("src", True), {}) == "```text\nsrc/\n```"


@pytest.mark.parametrize(
    ("comments", "message"),
    [
        ({"error.py": "x"}, 'a comment for "error.py", which is not in the tree\n'
                            "    did you mean errors.py?"),
        ({"ERRORS.PY": "x"}, 'a comment for "ERRORS.PY", which is not in the tree\n'
                             "    did you mean errors.py?"),
        ({"facts.py": "x"}, 'a comment for "facts.py", which is not in the tree\n'
                            "    did you mean model/facts.py?"),
        ({"名前/x.py": "x"}, 'a comment for "名前/x.py", which is not in the tree\n'
                           "    the tree ends at 名前/: a larger `depth` shows what is in it"),
        ({"zzz": "x"}, 'a comment for "zzz", which is not in the tree\n'
                       "    there is: errors.py, model, 名前"),
        ({"model": "x", "model/": "y"}, "an entry has two comments"),
    ],
)  # fmt: skip
def test_a_comment_for_what_is_not_shown_is_a_mistake(
    comments: dict[str, str], message: str
) -> None:
    with pytest.raises(DocsToolsError) as caught:
        render_tree(FOLDER, comments)

    assert message in str(caught.value)


def test_a_long_list_of_what_there_is_is_cut() -> None:
    many = Entry("src", True, tuple(Entry(f"{n:02}") for n in range(300)))

    with pytest.raises(DocsToolsError, match=r"there is: 00, .*, 11 and 288 more$"):
        render_tree(many, {"zzz": "x"})


names = st.text(st.characters(exclude_characters="/\0"), min_size=1, max_size=8) | st.sampled_from(
    ["`", "```", "````\n", "a\nb", "\udcff", "<b>", "</code>", "<!-- docs_tools/labels -->", "~~~"]
)


@settings(max_examples=examples(150))
@given(st.lists(names, min_size=1, max_size=4, unique=True), names)
def test_no_name_and_no_comment_breaks_the_fence(found: list[str], comment: str) -> None:
    folder = Entry("src", True, tuple(Entry(name) for name in found))
    text = render_tree(folder, {found[0]: comment})

    (token,) = MarkdownIt().parse(text)
    assert token.type == "fence"
    assert token.content.count("\n") == len(found) + 1
    html = markdown.markdown(text, extensions=["fenced_code"])
    assert html.startswith("<pre><code")
    assert html.endswith("</code></pre>")
    assert html.count("\n") == len(found) + 1
    text.encode()


def test_a_name_shows_what_can_not_be_seen() -> None:
    odd = Entry("src", True, (Entry("a\nb"), Entry("c\u202ed"), Entry("e\udcff")))

    lines = render_tree(odd, {}).splitlines()

    assert lines[2:5] == ["├── a\\nb", "├── c\\u202ed", "└── e\\udcff"]
