"""Directives in plain Markdown are filled as GitHub reads the file, and nothing else changes."""

import re
from dataclasses import dataclass
from pathlib import Path

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from hypothesis import event, example, given, settings
from hypothesis import strategies as st
from markdown import markdown

from docs_tools.errors import DocsToolsError
from docs_tools.markdown import DirectivesExtension
from docs_tools.markdown.context import Context
from docs_tools.markdown.fill import fill
from docs_tools.markdown.regions import END
from docs_tools.model.facts import Facts, load_facts
from tests.size import examples

PEOPLE = "<!-- docs_tools/maintainers -->"
GANTT = "<!-- docs_tools/gantt { id: release } -->"
TOTAL = "<!-- docs_tools/fact { path: release.total } -->"
BUG = "<!-- docs_tools/labels { name: bug } -->"
TAB = " \t"
NEWLINE = re.compile(r"\r\n?|\n")


def load(folder: Path, **files: str) -> Context:
    for name, text in files.items():
        (folder / f"{name}.yml").write_text(text)
    return Context.of_newest(load_facts(folder, "docs/data"), plain=True)


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Context:
    return load(
        tmp_path_factory.mktemp("data"),
        maintainers="active:\n  - {name: Ada, github: ada}\n",
        labels="labels:\n  - {name: bug, usage: Broken}\n  - {name: a|b, usage: '1 | 2'}\n",
        release=(
            "title: Release\nsections:\n  - name: Build\n    jobs:\n"
            "      - {id: build, name: Build, duration: 8s}\n"
        ),
        layers=(
            'layers:\n  - id: v2\n    name: PythonV2\n    account: "017000801446"\n'
            "    architectures: [x86_64]\n    regions: [eu-west-1]\n"
            'releases:\n  - {version: "2.9.0", layer: v2, number: 39}\n'
            '  - {version: "2.10.0", layer: v2, number: 40}\n'
        ),
    )


TABLE = (
    "| Maintainer | GitHub ID | Affiliation |\n| --- | --- | --- |\n"
    "| Ada | [ada](https://github.com/ada) |  |"
)


def filled(directive: str = PEOPLE, body: str = TABLE, prefix: str = "") -> str:
    """A block directive and its region; the prefix goes before every line but the first."""
    lines = [directive, "", *body.split("\n"), "", END]
    return "\n".join(lines[:1] + [(prefix + line).rstrip() for line in lines[1:]])


def github(text: str) -> str:
    """The HTML that GitHub's own parser makes of a text."""
    html: str = cmarkgfm.markdown_to_html_with_extensions(
        text, options=Options.CMARK_OPT_UNSAFE, extensions=["table", "strikethrough", "autolink"]
    )
    return html


def problems(text: str, context: Context) -> list[str]:
    with pytest.raises(DocsToolsError) as caught:
        fill(text, context, "README.md")
    return [str(problem) for problem in caught.value.diagnostics]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"One.\n\n{PEOPLE}\n\nTwo.\n", f"One.\n\n{filled()}\n\nTwo.\n"),
        (f"One.\n{PEOPLE}\nTwo.", f"One.\n{filled()}\nTwo."),
        (PEOPLE, filled()),
        (f"- one\n\n  {PEOPLE}\n- two\n", f"- one\n\n  {filled(prefix='  ')}\n- two\n"),
        (f"- {PEOPLE}\n- two\n", f"- {filled(prefix='  ')}\n- two\n"),
        (f"10. {PEOPLE}\n", f"10. {filled(prefix='    ')}\n"),
        (f"-\t{PEOPLE}\n", f"-\t{filled(prefix=TAB)}\n"),
        (f"> {PEOPLE}\n", f"> {filled(prefix='> ')}\n"),
        (f">{PEOPLE}\n", f">{filled(prefix='>')}\n"),
        (f"- > 1. {PEOPLE}\n", f"- > 1. {filled(prefix='  >    ')}\n"),
        (f"   {PEOPLE}  \n", f"   {PEOPLE}  {filled(prefix='   ').removeprefix(PEOPLE)}\n"),
        (f"{PEOPLE}\n{PEOPLE}\n", f"{filled()}\n{filled()}\n"),
        (
            "> <!-- docs_tools/maintainers {\n>   columns: [name]\n> } -->\n",
            "> <!-- docs_tools/maintainers {\n>   columns: [name]\n> } -->\n"
            f">\n> | Maintainer |\n> | --- |\n> | Ada |\n>\n> {END}\n",
        ),
        (f"<details>\n\n{PEOPLE}\n\n</details>\n", f"<details>\n\n{filled()}\n\n</details>\n"),
        (f"It takes {TOTAL}.\n", f"It takes {TOTAL}8 s{END}.\n"),
        (f"# In {TOTAL}\n", f"# In {TOTAL}8 s{END}\n"),
        (f"- in {TOTAL}\n", f"- in {TOTAL}8 s{END}\n"),
        (f"See **{TOTAL}** and {BUG}\n", f"See **{TOTAL}8 s{END}** and {BUG}**bug**{END}\n"),
        (f"|a|\n|-|\n|{BUG}|\n", f"|a|\n|-|\n|{BUG}**bug**{END}|\n"),
        (f"{TOTAL}\n", f"{TOTAL}8 s{END}\n"),
        (f"{TOTAL} is *all*.\n", f"{TOTAL}8 s{END} is *all*.\n"),
        # a line that begins with a comment is HTML on GitHub
        (f"{BUG}\n", f"{BUG}<strong>bug</strong>{END}\n"),
        (f"- {BUG} and {TOTAL}\n", f"- {BUG}<strong>bug</strong>{END} and {TOTAL}8 s{END}\n"),
    ],
)
def test_a_directive_is_followed_by_its_text_and_an_end(
    context: Context, before: str, after: str
) -> None:
    assert fill(before, context, "README.md") == after
    assert fill(after, context, "README.md") == after


OLD = TABLE.replace("Ada", "Somebody")
CHART = "```mermaid\ngantt\n    title Old\n```\n\n" + (
    "<details>\n<summary>As a table</summary>\n\n| Section | Takes |\n|-|-|\n\n</details>"
)


@pytest.mark.parametrize(
    ("stale", "fresh"),
    [
        (f"{PEOPLE}\n\n{OLD}\n| more | | |\n\n{END}\nnext\n", f"{filled()}\nnext\n"),
        (f"{PEOPLE}\n{END}\n", f"{filled()}\n"),
        (f"{PEOPLE}\n\nNobody yet.\n\n{END}\n", f"{filled()}\n"),
        (f"{PEOPLE}\n\n|GitHub ID|\n|---|\n\n  {END}  \n", f"{filled()[: -len(END)]}  {END}  \n"),
        (f"> {PEOPLE}\n> \n> | Maintainer |\n>|-|\n>\n> {END}\n", f"> {filled(prefix='> ')}\n"),
        (f"- {PEOPLE}\n\n  | Maintainer |\n  |-|\n  {END}\n", f"- {filled(prefix='  ')}\n"),
        (f"{PEOPLE}\n<!--docs_tools/end-->\n", f"{filled()[: -len(END)]}<!--docs_tools/end-->\n"),
        (f"a {TOTAL}9 min{END} b\n", f"a {TOTAL}8 s{END} b\n"),
        (f"a {TOTAL}1 h 5 min{END} b\n", f"a {TOTAL}8 s{END} b\n"),
        (f"a {TOTAL}25 to 30 min{END} b\n", f"a {TOTAL}8 s{END} b\n"),
        (f"a {TOTAL}Toolbox{END} b\n", f"a {TOTAL}8 s{END} b\n"),
        (f"a {TOTAL} 8 s {END} b\n", f"a {TOTAL}8 s{END} b\n"),
        (f"a {TOTAL}{END}s\n", f"a {TOTAL}8 s{END}s\n"),
        (f"a {TOTAL}9\nmin{END} b\n", f"a {TOTAL}8 s{END} b\n"),
        (f"> a {TOTAL}9\n> min{END} b\n", f"> a {TOTAL}8 s{END} b\n"),
        (f"a {BUG}*x* `y` [z](z){END} b\n", f"a {BUG}**bug**{END} b\n"),
        (f"a {BUG}**an old name, and a long one**{END}\n", f"a {BUG}**bug**{END}\n"),
        (f"{TOTAL}<i>9</i>{END} b\n", f"{TOTAL}8 s{END} b\n"),
    ],
)
def test_what_stands_between_a_directive_and_its_end_is_replaced(
    context: Context, stale: str, fresh: str
) -> None:
    assert fill(stale, context, "README.md") == fresh
    assert fill(fresh, context, "README.md") == fresh


@pytest.mark.parametrize(
    "code",
    [
        f"```\n{PEOPLE}\n```",
        f"~~~~ md\n```\n{PEOPLE}\n~~~\n{END}\n~~~~",
        f"> ```\n> {PEOPLE}\n> ```",
        f"- one\n  - ```\n    {PEOPLE}\n    ```",
        f"```\n{PEOPLE}\nnever closed",
        f"Text:\n\n    {PEOPLE}\n    {END}",
        f"-     {PEOPLE}",
        f"> Text:\n>\n>     {PEOPLE}",
        f"Write `{PEOPLE}` or `` {TOTAL} ` {END} `` there.",
        f"Write `two\nlines {TOTAL}`.",
        f"| a |\n| - |\n| `{TOTAL}` |",
        f"# Title `{TOTAL}`",
        f"<!-- such as {PEOPLE}",
        f"<!-- such as\n{PEOPLE}",
        f"<!--\nmultiple\n\nparagraphs {PEOPLE}",
        f"Text <!-- such as {PEOPLE} more",
        f"<div>\n{PEOPLE}\n{END}\n</div>",
        f"<pre>\n\n{PEOPLE}\n\n</pre>",
        f'A <a title="{TOTAL}">link</a>.',
        rf"Text \{TOTAL}.",
        "<!-- docs_tools: later -->",
        "<!-- other/maintainers -->",
    ],
)
def test_a_directive_in_code_in_html_and_in_comments_stays_as_it_is(
    context: Context, code: str
) -> None:
    assert fill(code, context, "README.md") == code
    page = f"{PEOPLE}\n\n{code}\n"
    assert fill(page, context, "README.md") == page.replace(PEOPLE, filled(), 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"a\n\n> {END}\n",
            "README.md:3:3: this end has no directive before it\n"
            "    take it out, or put back the directive that it belongs to",
        ),
        (
            f"{PEOPLE}\n{END}\n\n{END}\n",
            "README.md:4:1: this end has no directive before it\n"
            "    take it out, or put back the directive that it belongs to",
        ),
        (
            f"in {TOTAL}8 s{END} or so{END}\n",
            f"README.md:1:{len(TOTAL) + len(END) + 13}: this end has no directive before it\n"
            "    take it out, or put back the directive that it belongs to",
        ),
        (
            f"- {PEOPLE}\n\n{END}\n",
            "README.md:3:1: this end stands elsewhere than its directive on line 1\n"
            "    give the end a line of its own, indented and quoted as the directive",
        ),
        (
            f"{PEOPLE}\n\nText {END}\n",
            "README.md:3:6: this end stands elsewhere than its directive on line 1\n"
            "    give the end a line of its own, indented and quoted as the directive",
        ),
        (
            f"{PEOPLE}\n\n{END} Text\n",
            "README.md:3:1: this end stands elsewhere than its directive on line 1\n"
            "    give the end a line of its own, indented and quoted as the directive",
        ),
        (
            f"It takes {TOTAL}.\n\n{END}\n",
            "README.md:3:1: this end stands elsewhere than its directive on line 1\n"
            "    write the directive, the text and the end in one line",
        ),
        (
            f"*It takes {TOTAL} s* or {END}\n",
            f"README.md:1:{len(TOTAL) + 18}: this end stands elsewhere than its directive on line"
            " 1\n    write the directive, the text and the end in one line",
        ),
        (
            f"| a | b |\n| - | - |\n| {TOTAL} | 8 s{END} |\n",
            f"README.md:3:{len(TOTAL) + 9}: this end stands elsewhere than its directive on line 3"
            "\n    write the directive, the text and the end in one line",
        ),
        (
            f"See {PEOPLE}\n",
            "README.md:1:5: docs_tools/maintainers must stand on a line of its own\n"
            "    put the directive between blank lines",
        ),
        (
            f"{PEOPLE} {END}\n",
            "README.md:1:1: docs_tools/maintainers must stand on a line of its own\n"
            "    put the directive between blank lines",
        ),
        (
            "\n\n  <!-- docs_tools/lables -->\n",
            'README.md:3:3: no directive "docs_tools/lables"\n    did you mean docs_tools/labels?',
        ),
        (
            "a <!-- docs_tools/fact { path: release.totl } -->\n",
            'README.md:1:3: docs_tools/fact: no fact "release.totl"\n'
            "    did you mean release.total?",
        ),
        (
            f"{PEOPLE}\n<!-- docs_tools/end {{ x: 1 }} -->\n",
            f"README.md:2:1: an end has no options\n    write {END}",
        ),
        (
            "One.\r\n\r\n<!-- docs_tools/maintainers\r\n\r\nTwo.\r\n",
            "README.md:3:1: this is not read as a comment\n"
            "    close it with -->; in a table, write | as \\|; to show it, put it in `code`",
        ),
        (
            "| a | b |\n| - | - |\n| <!-- docs_tools/labels { name: a|b } --> | |\n",
            "README.md:3:3: this is not read as a comment\n"
            "    close it with -->; in a table, write | as \\|; to show it, put it in `code`",
        ),
    ],
)
def test_what_is_wrong_is_told_with_line_column_and_mend(
    context: Context, text: str, expected: str
) -> None:
    assert problems(text, context) == [expected]


def test_every_problem_is_told_in_the_order_of_the_text(context: Context) -> None:
    text = f"{END}\n\n<!-- docs_tools/a -->\n\nSee {PEOPLE}\n\n{TOTAL}\n\n{END}\n"

    assert [problem.split(": ")[0] for problem in problems(text, context)] == [
        *("README.md:1:1", "README.md:3:1", "README.md:5:5", "README.md:9:1")
    ]


def test_an_end_belongs_to_the_directive_before_it_and_no_text_between_is_lost(
    context: Context,
) -> None:
    text = f"{PEOPLE}\n\nMine.\n\n{GANTT}\n\n{CHART}\n\n{END}\n"

    after = fill(text, context, "README.md")

    assert after.startswith(f"{filled()}\n\nMine.\n\n{GANTT}\n\n```mermaid\n")
    assert "Old" not in after


@pytest.mark.parametrize(
    "between",
    [
        f"## How to reach us\n\nWrite to us.\n\n{OLD}",
        f"{OLD}\n\nMine.",
        f"{OLD}\nMine.",
        f"{OLD}\n\n---",
        f"{OLD}\n\n[mine]: https://example.com",
        f"{OLD}\n\n<!-- mine -->",
        f"{OLD}\n\n`{GANTT}`\n\n{CHART}",
        f"{OLD}\n\n<!-- <!-- docs_tools/gantt -->\n\n{CHART}",
        f"{OLD}\n\n{OLD}",
        "| Mine |\n| --- |\n| x |",
        "- Mine",
        "Mine.",
        "```\nmine\n```",
        "    mine",
        CHART,
    ],
)
@pytest.mark.parametrize("prefix", ["", "> "])
def test_a_region_with_text_that_no_run_has_written_is_refused(
    context: Context, between: str, prefix: str
) -> None:
    text = "\n".join(prefix + line for line in f"{PEOPLE}\n\n{between}\n\n{END}".split("\n"))

    assert problems(text, context) == [
        f"README.md:1:{len(prefix) + 1}: docs_tools/maintainers doesn't make such text as stands"
        " before its end\n"
        "    put the end right behind the directive, or take out what you want to keep"
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"It {TOTAL} takes, as everybody knows, 26 min{END} in all.",
        f"It takes {TOTAL}26 min, as everybody knows{END}.",
        f"It takes {TOTAL}26 min on a dry day{END}.",
        f"It {TOTAL} takes 26 min{END}.",
        f"In {TOTAL}26 min, see `{BUG}`**bug**{END}.",
        f"See {BUG}**bug** first. Then go on{END}.",
        f"See {BUG}**bug** and `{TOTAL}`{END}.",
        f"See {BUG}**bug**, which has been there from the very beginning{END}.",
    ],
)
def test_a_sentence_with_words_that_no_run_has_written_is_refused(
    context: Context, text: str
) -> None:
    (problem,) = problems(text, context)

    assert f"README.md:1:{text.index('<!--') + 1}: docs_tools/" in problem
    assert "doesn't make such text as stands before its end" in problem


def test_tables_under_captions_may_be_more_or_fewer(tmp_path: Path) -> None:
    def made(*architectures: str) -> tuple[Context, str]:
        context = load(
            tmp_path,
            layers=(
                'layers:\n  - id: v2\n    name: "V2-{architecture}"\n    account: "017000801446"\n'
                f"    architectures: [{', '.join(architectures)}]\n    regions: [eu-west-1]\n"
                'releases:\n  - {version: "2.9.0", layer: v2, number: 39}\n'
            ),
        )
        return context, fill("<!-- docs_tools/layers -->\n", context, "README.md")

    (_, one), (context, two) = made("x86_64"), made("x86_64", "arm64")

    assert two.count("Layer ARN") == 2 * one.count("Layer ARN") == 2
    assert fill(one, context, "README.md") == two
    assert fill(two, made("arm64")[0], "README.md").count("Layer ARN") == 1
    mine = two.replace("**arm64**", "I add that **arm64**")
    assert "doesn't make such text" in problems(mine, context)[0]


def test_people_may_be_there_or_not_and_a_file_stays_as_it_is_filled(tmp_path: Path) -> None:
    emeritus = "<!-- docs_tools/maintainers { group: emeritus } -->"
    active = "active:\n  - {name: Ada, github: ada}\n"
    nobody = load(tmp_path, maintainers=active)
    empty = fill(f"{emeritus}\n", nobody, "README.md")
    assert "\nNobody yet.\n" in empty

    somebody = load(tmp_path, maintainers=active + "emeritus:\n  - {name: Bo, github: bo}\n")
    table = fill(empty, somebody, "README.md")

    assert "| Bo | " in table
    assert fill(table, nobody, "README.md") == empty


ADDRESS = (
    "no comment can stand in the address or the title of a link, or in an image\n"
    "    write out what it stands for, or put the directive into the link's text"
)


@pytest.mark.parametrize(
    "text",
    [
        f"See [us](https://example.com/{TOTAL}).",
        f"See [us](../{TOTAL}).",
        f"[x](http://a(b)/{TOTAL})",
        f"[x](a(b)/{TOTAL})",
        f"[x](<a b/{TOTAL}>)",
        f"[a](b) [x](c/{TOTAL})",
        f'[x](u "takes {TOTAL}")',
        f"[x]: https://github.com/{TOTAL}/releases",
        f"[x]: ../{TOTAL}",
        f"[x]: {TOTAL}",
        f'[x]: u "takes {TOTAL}"',
        f'[x]: u\n[x]: u "takes {TOTAL}"',
        f"<https://github.com/{TOTAL}>",
        f"See https://github.com/{TOTAL}/releases.",
        f"- > See www.example.com/{TOTAL}",
        f"| a |\n| - |\n| https://github.com/{TOTAL} |",
        f"![takes {TOTAL}](a.png)",
        f'![takes](a.png "{TOTAL}")',
        f"![takes](a/{TOTAL})",
        f'{BUG} has a <a title="{TOTAL}">title</a>',
        "[x](a<!--docs_tools/maintainers-->)",
    ],
)
def test_a_directive_in_an_address_is_refused(context: Context, text: str) -> None:
    first, last = text.index("<!--"), text.rindex("<!--")
    at = last if text.startswith(BUG) else first
    line = text.count("\n", 0, at) + 1
    column = at - text.rfind("\n", 0, at)

    assert problems(text, context) == [f"README.md:{line}:{column}: {ADDRESS}"]


@pytest.mark.parametrize(
    "text",
    [
        f"[takes {TOTAL}](https://example.com)",
        f"[https://example.com/{TOTAL}](https://example.com)",
        f"[a](b){TOTAL}",
        f"[a](b)({TOTAL})",
        f"https://example.com: {TOTAL}",
        f"*https://example.com*{TOTAL}",
        f"[Note]: in {TOTAL}",
        f"a](b {TOTAL}",
    ],
)
def test_a_directive_beside_an_address_is_filled(context: Context, text: str) -> None:
    after = fill(text, context, "README.md")

    assert after == text.replace(TOTAL, f"{TOTAL}8 s{END}")
    assert fill(after, context, "README.md") == after


@pytest.mark.parametrize(
    "front",
    [
        f"---\ntitle: In {TOTAL}\n---\n",
        f"---\n# {PEOPLE}\ntitle: |\n  {PEOPLE}\n\n  x\n...\n",
        f"---\r\ntitle: In {TOTAL}\r\n---\r\n",
    ],
)
def test_front_matter_stays_as_it_is(context: Context, front: str) -> None:
    assert fill(front, context, "README.md") == front
    after = fill(f"{front}\nIn {TOTAL}\n", context, "README.md")
    assert after == f"{front}\nIn {TOTAL}8 s{END}\n"


@pytest.mark.parametrize("text", [f"---\n\nIn {TOTAL}\n\n---\n", f"---\nIn {TOTAL}\n"])
def test_a_line_at_the_top_is_no_front_matter(context: Context, text: str) -> None:
    assert fill(text, context, "README.md") == text.replace(TOTAL, f"{TOTAL}8 s{END}")


@pytest.mark.parametrize(
    "text",
    [
        f"所要時間は{TOTAL}です。",
        f"the {TOTAL}s",
        f"x{TOTAL}y",
        f"**{BUG}**",
        f"**{BUG}** or **so**",
        f"{BUG}bug",
    ],
)
def test_what_stands_right_behind_a_directive_need_not_be_its_text(
    context: Context, text: str
) -> None:
    after = fill(text, context, "README.md")

    assert after.count(END) == 1
    assert (
        after.replace(END, "")
        .replace("8 s", "", 1)
        .replace("-->**bug**", "-->", 1)
        .replace("<strong>bug</strong>", "")
        == text
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<!--\ndocs_tools/maintainers\n-->", None),
        ("> <!--\n> docs_tools/maintainers\n> -->", "> "),
        ("- <!--\n  docs_tools/maintainers\n  -->", "  "),
        ("<!--\r\n\r\n  docs_tools/maintainers\r\n-->", None),
    ],
)
def test_a_directive_may_begin_on_the_line_below_its_comment(
    context: Context, before: str, after: str | None
) -> None:
    text = fill(f"{before}\n", context, "README.md").replace("\r", "")

    body = filled(prefix=after or "").removeprefix(PEOPLE)
    assert text == f"{before}{body}\n".replace("\r", "")


def test_each_of_many_problems_has_its_own_line(context: Context) -> None:
    found = problems(f"See {PEOPLE}\n\n" * 50, context)
    assert [problem.split(":")[1] for problem in found] == [str(2 * n + 1) for n in range(50)]


@pytest.mark.parametrize(
    "text",
    [
        f"{filled().removesuffix(END)}Mine.\n\n{GANTT}\n\n{CHART}\n\n{END}\n",
        f"{PEOPLE}\n\n{TABLE.replace('Ada', 'Somebody')}\n",
        f"{PEOPLE}\n\n| Maintainer   | GitHub ID | Affiliation |\n|---|:--|--|\n| --- |\n",
        f"> {PEOPLE}\n>\n> {TABLE.replace(chr(10), chr(10) + '> ')}\n",
        f"{GANTT}\n\n```mermaid\ngantt\n    title Old\n```\n",
        f"It takes {TOTAL}26 min.\n",
        f"It takes {TOTAL}8 s\n",
        f"A {BUG}**bug**\n",
    ],
)
def test_an_end_that_somebody_took_away_is_missed(context: Context, text: str) -> None:
    (problem,) = problems(text, context)

    assert "has no end, but text like what it makes stands behind it" in problem
    assert f"write {END} behind that text" in problem


def test_text_of_ones_own_that_looks_like_a_region_is_kept_by_an_empty_one(
    context: Context,
) -> None:
    mine = f"{PEOPLE}\n{END}\n\n{TABLE}\n\nin {TOTAL}{END}s\n"

    assert fill(mine, context, "README.md") == f"{filled()}\n\n{TABLE}\n\nin {TOTAL}8 s{END}s\n"


def test_what_would_not_be_read_again_as_it_is_meant_is_refused(tmp_path: Path) -> None:
    context = load(
        tmp_path, labels="labels:\n  - {name: bug, usage: 'see `docs`'}\n  - {name: b, usage: b}\n"
    )
    usage = "<!-- docs_tools/fact { path: labels.bug.usage } -->"

    assert problems(f"{BUG}\n\nA ` backtick, {usage} and more.\n", context) == [
        f"README.md:3:{len('A ` backtick, ') + 1}: what the directive makes can't stand here\n"
        "    look for an unclosed ` or other markup before it, or give it its own paragraph"
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_are_kept(context: Context, newline: str) -> None:
    text = f"# Title\n\n- {PEOPLE}\n\nTakes {TOTAL}.\n\n{GANTT}".replace("\n", newline)

    after = fill(text, context, "README.md")

    assert set(NEWLINE.findall(after)) == {newline}
    assert after.endswith(f"{newline}{END}")
    assert fill(after, context, "README.md") == after


def test_faults_of_the_data_are_not_told_again_as_faults_of_the_text(tmp_path: Path) -> None:
    context = Context(Facts("docs/data", broken=frozenset({"labels"})))

    with pytest.raises(DocsToolsError) as caught:
        fill("<!-- docs_tools/labels -->\n", context, "README.md")
    assert caught.value.diagnostics == ()


def test_layers_show_the_newest_release(context: Context) -> None:
    after = fill("<!-- docs_tools/layers -->\n", context, "README.md")

    assert "arn:aws:lambda:eu-west-1:017000801446:layer:PythonV2:40" in after


EVIL = f"a {END} b {PEOPLE} `{END}` ```{END}``` \\{END} | --> <!-- x"


def test_text_in_data_neither_ends_a_region_nor_begins_one(tmp_path: Path) -> None:
    quoted = EVIL.replace("'", "''")
    context = load(
        tmp_path,
        maintainers=f"project: {{name: '{quoted}'}}\n"
        f"active:\n  - {{name: '{quoted}', github: ada, affiliation: '{quoted}'}}\n",
        labels=f"labels:\n  - {{name: '{EVIL[:50]}', usage: '{quoted}', notes: '{quoted}'}}\n",
        release=f"title: '{quoted}'\nsections:\n  - name: '{quoted}'\n    jobs:\n"
        f"      - {{id: build, name: '{quoted}', duration: 8s}}\n",
    )
    blocks = [PEOPLE, GANTT, "<!-- docs_tools/labels -->", "<!-- docs_tools/flowchart -->"]
    name = "<!-- docs_tools/fact { path: project.name } -->"
    lines = [*blocks, f"x {name}", name, f"| a |\n| - |\n| {name} |", f"> - {PEOPLE}"]
    text = "\n\n".join(lines) + "\n"

    after = fill(text, context, "README.md")

    assert fill(after, context, "README.md") == after
    html = github(after)
    assert html.count(END) == len(lines)
    assert html.count("<!-- docs_tools/") == 2 * len(lines)
    assert html.count("<table>") == 6


@dataclass(frozen=True)
class Piece:
    """A piece of a generated file: what is written, what must come out, and the tables in it."""

    before: str
    after: str
    tables: int = 0

    def nest(self, first: str, rest: str) -> "Piece":
        def indent(text: str) -> str:
            lines = text.split("\n")
            return "\n".join(
                ((rest if i else first) + line).rstrip() for i, line in enumerate(lines)
            )

        return Piece(indent(self.before), indent(self.after), self.tables)


def same(text: str) -> Piece:
    return Piece(text, text)


WORDS = st.sampled_from(["Some text", "# A title", "> quoted *em*", "one\ntwo", "| no | table |"])
SHOWN = st.sampled_from([PEOPLE, END, TOTAL, f"{PEOPLE}\nold\n{END}", "", "text", "  ```"])
PLAIN = st.one_of(
    WORDS.map(same),
    st.builds(lambda f, code: same(f"{f}\n{code}\n{f}"), st.sampled_from(["````", "~~~"]), SHOWN),
    SHOWN.map(lambda code: same("\n".join(f"    {line}" for line in f"x\n{code}".split("\n")))),
    st.sampled_from([PEOPLE, END, TOTAL]).map(lambda code: same(f"See `` {code} ``, ` {TOTAL} `.")),
    st.just(same(f"<!-- outer {PEOPLE}")),
)
BLOCKS = st.sampled_from(
    [
        Piece(PEOPLE, filled(), 1),
        Piece(f"{PEOPLE}\n\n| Maintainer |\n| - |\n| old |\n\n{END}", filled(), 1),
        Piece(f"{PEOPLE}\n{END}", filled(), 1),
        Piece(f"Takes {TOTAL} here", f"Takes {TOTAL}8 s{END} here"),
        Piece(f"Takes {TOTAL}9 s{END} here", f"Takes {TOTAL}8 s{END} here"),
        Piece(f"|a|\n|-|\n|{BUG}|", f"|a|\n|-|\n|{BUG}**bug**{END}|", 1),
        Piece(f"## {BUG}", f"## {BUG}**bug**{END}"),
    ]
)


def joined(pieces: list[Piece]) -> Piece:
    # a comment on its own keeps a list from going on, and code from being part of the list
    before, after = (
        "\n\n<!-- - -->\n\n".join(t)
        for t in zip(*((p.before, p.after) for p in pieces), strict=True)
    )
    return Piece(before, after, sum(piece.tables for piece in pieces))


NESTING = st.sampled_from([("- ", "  "), ("12) ", "    "), ("> ", "> "), ("* > ", "  > ")])
PAGES = st.recursive(
    st.one_of(PLAIN, BLOCKS),
    lambda inner: st.builds(
        lambda pieces, prefixes: joined(pieces).nest(*prefixes),
        st.lists(inner, min_size=1, max_size=3),
        NESTING,
    ),
    max_leaves=12,
)


@settings(max_examples=examples(150))
@given(st.lists(PAGES, min_size=1, max_size=4).map(joined), st.sampled_from(["\n", "\r\n"]))
def test_what_stands_in_code_stays_and_what_does_not_is_filled(
    context: Context, page: Piece, newline: str
) -> None:
    # a page of one line without its end has no line end to go by
    newline = newline if "\n" in page.before else "\n"
    before, after = (text.replace("\n", newline) for text in (page.before, page.after))

    assert fill(before, context, "README.md") == after
    assert fill(after, context, "README.md") == after
    was, now = github(before), github(after)
    assert now.count("<table>") == page.tables
    code = re.compile(r"<code[^>]*>.*?</code>", re.DOTALL)
    assert code.findall(was) == code.findall(now)


PARTS = (
    *(
        PEOPLE,
        GANTT,
        TOTAL,
        BUG,
        END,
        "<!--",
        "-->",
        "<!-- docs_tools/",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
    ),
    *(
        "    ",
        "\t",
        " ",
        "- ",
        "> ",
        "1. ",
        "# ",
        "===\n",
        "`",
        "```",
        "~~~",
        "|",
        "| a |\n| - |\n",
    ),
    *("*", "[", "](x)", "[a]: ", "<div>", "</div>", "<b>", "\\", "text", "\x00"),
)
NOISE = st.lists(st.one_of(st.sampled_from(PARTS), st.text(max_size=3)), max_size=24).map("".join)


@settings(max_examples=examples(400))
@given(NOISE)
@example(f"a ` {BUG} `")
@example(f"[{TOTAL}]: x")
@example(f"- {PEOPLE}\n{END}")
def test_filling_what_is_filled_changes_nothing(context: Context, text: str) -> None:
    try:
        after = fill(text, context, "README.md")
    except DocsToolsError as error:
        event(error.diagnostics[0].message)
        return
    assert fill(after, context, "README.md") == after
    if END not in text and "\0" not in text:  # a C string ends there
        assert github(after).count(END) == after.count(END)
    rest = iter(after)
    if END not in text:
        assert all(char in rest for char in text), "a character of the text is lost"


@pytest.mark.parametrize(
    "page",
    [
        f"One.\n\n{PEOPLE}\n\nTwo.\n",
        f"{GANTT}\n\n{PEOPLE}",
        f"- one\n\n    {PEOPLE}\n\n- two\n",
        f"> {PEOPLE}\n>\n> more\n",
        f"1. one\n\n    {GANTT}\n\n    more\n",
        f"Takes {TOTAL}, see {BUG}.\n",
        f"# In {TOTAL}\n\n| a |\n| - |\n| {BUG} |\n",
        f"{TOTAL}\n\n{BUG} is one.\n",
        f"```\n{PEOPLE}\n{END}\n```\n\n{PEOPLE}\n\n`{PEOPLE}` and `{END}`\n",
    ],
)
def test_a_filled_file_makes_the_same_page_of_a_site(context: Context, page: str) -> None:
    def convert(text: str) -> str:
        ours = DirectivesExtension(context)
        return markdown(text, extensions=[ours, "tables", "pymdownx.superfences"])

    after = fill(page, context, "README.md")

    assert after.count(END) > page.count(END)
    assert convert(after) == convert(page)
