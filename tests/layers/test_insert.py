"""The number of a known layer changes, and not a byte beside it."""

import re
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docs_tools.errors import DocsToolsError
from docs_tools.layers import Insertion, Numbers, insert_numbers
from docs_tools.layers.in_files import plan_insertion
from docs_tools.layers.references import find_references
from docs_tools.layers.verdict import Kind
from docs_tools.model.layers import Layers
from tests.layers.arns import ACCOUNT, GOVCLOUD, REGIONS, arn, inserted, release
from tests.layers.documents import NAMES, Document, documents
from tests.size import examples

KNOWN = [arn(region, name, 40) for region in REGIONS for name in NAMES]
NUMBER = re.compile(rb"(:layer:[A-Za-z0-9_-]+):[0-9]+")


def insert(content: bytes, numbers: Numbers) -> bytes:
    """What a file holds with its numbers."""
    planned = plan_insertion([("page.md", content)], numbers, allow_lower=True)
    assert planned.problems == ()
    return next((change.after for change in planned.changes), content)


def sed_script(arns: list[str]) -> str:
    """A substitution for each layer, as somebody careful writes them."""
    layers = [arn.rpartition(":") for arn in arns]
    return "".join(f"s/({layer}):[0-9]+/\\1:{number}/g\n" for layer, _, number in layers)


@settings(max_examples=examples(8), deadline=None)
@given(documents())
def test_ten_thousand_lines_come_out_as_from_sed_with_an_expression_for_each_arn(
    document: Document,
) -> None:
    expected = subprocess.run(
        ["sed", "-E", sed_script(KNOWN)],
        input=document.content,
        env={"LC_ALL": "C"},  # bytes
        capture_output=True,
        check=True,
    ).stdout

    assert insert(document.content, release(*KNOWN)) == expected


@settings(max_examples=examples(6), deadline=None)
@given(documents())
def test_in_ten_thousand_lines_only_digits_change_and_a_second_time_none_does(
    document: Document,
) -> None:
    numbers = release(*KNOWN)

    once = insert(document.content, numbers)

    assert NUMBER.sub(rb"\1:N", once) == NUMBER.sub(rb"\1:N", document.content)
    assert insert(once, numbers) == once
    again = plan_insertion([("page.md", once)], numbers)
    assert again.problems == ()
    assert again.changed == ()
    assert all(change.changed == () for change in again.changes)


known = st.lists(
    st.tuples(
        st.sampled_from(["eu-west-1", "us-east-1", "us-gov-west-1", "cn-north-1"]),
        st.sampled_from(NAMES),
        st.integers(1, 10**6),
    ),
    min_size=1,
    unique_by=lambda layer: layer[:2],
).map(lambda layers: [arn(*layer) for layer in layers])

# any ARN that may stand in a page: ours, a stranger's, an old name, a placeholder for the region
written = st.builds(
    "arn:{}:lambda:{}:{}:layer:{}:{}".format,
    st.sampled_from(["aws", "aws-us-gov", "aws-cn"]),
    st.sampled_from(["eu-west-1", "us-gov-west-1", "ap-south-2", "{region}", "${AWS::Region}"]),
    st.sampled_from([ACCOUNT, GOVCLOUD["us-gov-west-1"], "999999999999"]),
    st.sampled_from([*NAMES, "PythonV1", "PythonV2x", "PythonV3-{runtime}-x86_64"]),
    st.integers(0, 10**6),
)
prose = st.text(st.sampled_from("`*|<>\n\r\t {}.:,;é0:7") | st.characters(codec="utf-8"))
# digits or letters right behind an ARN would be part of it
texts = st.lists(
    st.tuples(prose, written, st.sampled_from(["", " ", "`", "{ .copy }", ":", "\n", '"', "."])),
    max_size=6,
).map(lambda parts: "".join(f"{text} {found}{end}\n" for text, found, end in parts))


@settings(max_examples=examples(200), deadline=None)
@given(texts.filter(lambda text: ":{region}:" not in text and "${" not in text), known)
def test_an_arn_without_placeholders_changes_as_by_a_substitution_for_each_layer(
    text: str, arns: list[str]
) -> None:
    arns = [found for found in arns if "{" not in found]
    expected = text
    for known_arn in arns:
        layer, _, number = known_arn.rpartition(":")
        expected = re.sub(rf"{re.escape(layer)}:[0-9]+", f"{layer}:{number}", expected)
    done = inserted(text, *arns).text

    pattern = r"(?<=:layer:)PythonV3-\{runtime\}-x86_64:[0-9]+"  # which sed can't know of
    assert re.sub(pattern, "", done) == re.sub(pattern, "", expected)


@settings(max_examples=examples(200), deadline=None)
@given(texts, known)
def test_nothing_changes_but_numbers_and_each_change_is_told(text: str, arns: list[str]) -> None:
    done = inserted(text, *arns)

    expected, end = "", 0
    for told in done.insertions:
        found = re.compile(r"arn:[^\n]+?:layer:[^\n]+?:([0-9]+)").match(text, told.place)
        assert found
        assert int(found[1]) == told.before
        expected += text[end : found.start(1)] + str(told.number)
        end = found.end(1)
    assert done.text == expected + text[end:]


@settings(max_examples=examples(200), deadline=None)
@given(texts, known)
def test_inserting_again_changes_nothing(text: str, arns: list[str]) -> None:
    once = inserted(text, *arns)
    twice = inserted(once.text, *arns)

    assert twice.text == once.text
    assert [i.arn for i in twice.insertions] == [i.arn for i in once.insertions]
    assert all(i.before == i.number for i in twice.insertions)
    assert len(twice.ambiguous) == len(once.ambiguous)


@settings(deadline=None)
@given(texts)
def test_without_a_release_every_arn_keeps_its_number(text: str) -> None:
    done = insert_numbers(text, Numbers.of(None))

    assert (done.text, done.insertions, done.ambiguous) == (text, (), ())


@pytest.mark.parametrize(
    "stranger",
    [
        arn("eu-west-1", "PythonV2", 7, account="999999999999"),
        "arn:aws:lambda:eu-west-1:464622532012:layer:Datadog-Python312:78",
        "arn:aws:lambda:{region}:464622532012:layer:Datadog-Python312:78",
        "arn:aws:lambda:${AWS::Region}:464622532012:layer:{name}:78",
        arn("eu-west-1", "PythonV1", 7),
        arn("eu-west-1", "PythonV2-Extra", 7),
        arn("eu-west-1", "PythonV", 7),
        arn("eu-west-1", "pythonv2", 7),
        arn("sa-east-1", "PythonV2", 7),
        f"arn:aws-cn:lambda:eu-west-1:{ACCOUNT}:layer:PythonV2:7",
        f"arn:aws:lambda:{{region}}:{ACCOUNT}:layer:PythonV1:7",
        f"arn:aws:lambda:{{region}}:{ACCOUNT}:layer:{{name}}:7",
        f"arn:aws:lambda:eu-west-1:{ACCOUNT}:layer:PythonV2",
        f"arn:aws:lambda:eu-west-1:{ACCOUNT}:layer:PythonV2:",
        f"arn:aws:lambda:eu-west-1:{ACCOUNT}:layer:PythonV2:{{number}}",
        f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:PythonV2:7",
        f"arn:aws:lambda:eu-west-1:{ACCOUNT[:-1]}:layer:PythonV2:7",
        f"arn:aws:lambda:eu-west-1:{ACCOUNT}0:layer:PythonV2:7",
    ],
)
def test_a_layer_that_is_not_ours_keeps_its_number(stranger: str) -> None:
    done = inserted(f"Use {stranger} here", arn("eu-west-1", "PythonV2", 40))

    assert done.text == f"Use {stranger} here"
    assert (done.insertions, done.ambiguous) == ((), ())


@pytest.mark.parametrize("end", [".5", "abc", "-1", "_a", ".5.1"])
def test_what_only_begins_like_an_arn_is_left(end: str) -> None:
    text = arn("eu-west-1", "PythonV2", 1) + end
    done = inserted(text, arn("eu-west-1", "PythonV2", 40))
    assert (done.text, done.insertions) == (text, ())


@pytest.mark.parametrize(
    "template",
    [
        "[{arn}](#x)",
        "`{arn}`{{ .copy }}",
        "**{arn}**{{: .copyMe}}:clipboard:",
        "{arn}{{: .copy #id data-n=7 }}",
        "| eu-west-1 | {arn} |",
        "|{arn}|",
        '"{arn}"',
        "Layers: [!Sub {arn}]",
        "Layers: [{arn}, {arn}]",
        "Use {arn}.",
        "Use {arn}…",
        "_{arn}_",
        "***{arn}***",
        "~~{arn}~~",
        "{arn}\r\n",
        "<b>{arn}</b>",
        "{arn}?x=1",
        "{arn}\\n",
        "x={arn};y={arn}",
        "\ufeff{arn}",
    ],
)
def test_what_stands_right_beside_an_arn_is_kept(template: str) -> None:
    done = inserted(
        template.format(arn=arn("eu-west-1", "PythonV2", 7)), arn("eu-west-1", "PythonV2", 40)
    )

    assert done.text == template.format(arn=arn("eu-west-1", "PythonV2", 40))


def test_each_insertion_is_told_with_the_number_that_stood_there() -> None:
    text = "\n".join(arn("eu-west-1", "PythonV2", n) for n in (7, 40, 123456789))

    done = inserted(text, arn("eu-west-1", "PythonV2", 40))

    assert done.insertions == tuple(
        Insertion(arn("eu-west-1", "PythonV2", 40), n) for n in (7, 40, 123456789)
    )
    assert [text[i.place :].startswith("arn:") for i in done.insertions] == [True] * 3


def test_a_number_that_is_right_stays_as_it_is_written() -> None:
    text = "\n".join(arn("eu-west-1", "PythonV2", n) for n in ("040", 40, "039"))

    done = inserted(text, arn("eu-west-1", "PythonV2", 40))

    assert done.text == text.replace(":039", ":40")
    assert [(i.before, i.number) for i in done.insertions] == [(40, 40), (40, 40), (39, 40)]


def test_every_arn_with_a_placeholder_gets_the_number_not_only_the_first() -> None:
    text = f"arn:aws:lambda:{{region}}:{ACCOUNT}:layer:PythonV2:7\n"

    done = inserted(text * 3, arn("eu-west-1", "PythonV2", 40))

    assert done.text == text.replace(":7", ":40") * 3
    assert len(done.insertions) == 3


def test_numbers_that_differ_are_named_with_their_regions_the_most_frequent_first() -> None:
    regions = ("eu-west-1", "us-east-1", "us-east-2", "sa-east-1")
    text = f"arn:aws:lambda:{{region}}:{ACCOUNT}:layer:PythonV2:7"

    known = [arn(region, "PythonV2", 40) for region in regions]
    done = inserted(text, *known, arn("ca-west-1", "PythonV2", 3))

    ((reference, verdict),) = done.ambiguous
    assert (done.text, done.insertions, str(reference)) == (text, (), text)
    assert verdict.kind is Kind.AMBIGUOUS
    assert verdict.fault == (
        f"{text[:-2]} stands for regions with different numbers:"
        " 40 in eu-west-1, us-east-1, us-east-2 and 1 more; 3 in ca-west-1"
    )
    assert "--placeholder-region" in str(verdict.hint)


def test_numbers_that_differ_by_name_are_named_with_the_names() -> None:
    text = f"arn:aws:lambda:eu-west-1:{ACCOUNT}:layer:Python-{{arch}}:7"
    known = [arn("eu-west-1", "Python-x86_64", 40), arn("eu-west-1", "Python-arm64", 39)]

    ((_, verdict),) = inserted(text, *known).ambiguous

    assert verdict.fault == (
        f"{text[:-2]} stands for layers with different numbers:"
        " 39 of Python-arm64; 40 of Python-x86_64"
    )
    assert "--placeholder-region" not in str(verdict.hint)
    decided = insert_numbers(text, release(*known, region="eu-west-1"))
    assert len(decided.ambiguous) == 1


def test_a_region_decides_what_placeholders_stand_for_where_numbers_differ() -> None:
    known = [
        arn("eu-west-1", "PythonV2", 40),
        arn("ca-west-1", "PythonV2", 3),
        arn("us-gov-west-1", "PythonV2", 12),
        arn("us-gov-east-1", "PythonV2", 12),
        arn("us-east-1", "Other", 5),
        arn("us-east-2", "Other", 6),
    ]
    literal = arn("ca-west-1", "PythonV2", 1)
    ours = f"arn:aws:lambda:{{region}}:{ACCOUNT}:layer:PythonV2:1"
    govcloud = f"arn:aws-us-gov:lambda:{{region}}:{GOVCLOUD['us-gov-west-1']}:layer:PythonV2:1"
    other = f"arn:aws:lambda:{{region}}:{ACCOUNT}:layer:Other:1"
    text = "\n".join([literal, ours, govcloud, other])

    done = insert_numbers(text, release(*known, region="eu-west-1"))

    lines = done.text.split("\n")
    assert [line.rpartition(":")[2] for line in lines] == ["3", "40", "12", "1"]
    assert [str(reference) for reference, _ in done.ambiguous] == [other]  # it isn't in eu-west-1


def test_the_region_of_placeholders_must_be_one_of_the_release() -> None:
    with pytest.raises(DocsToolsError, match='no layer in "eu-west-9"') as caught:
        release(*KNOWN, region="eu-west-9")
    assert caught.value.hint == "did you mean eu-west-1?"
    none = insert_numbers(KNOWN[0], Numbers.of(None, None, "eu-west-9"))  # there is no release
    assert none.text == KNOWN[0]


def test_a_placeholder_never_reaches_into_another_partition() -> None:
    account = GOVCLOUD["us-gov-west-1"]
    known = [
        arn("eu-west-1", "PythonV2", 40, account=account),
        arn("us-gov-west-1", "PythonV2", 12, account=account),
    ]
    text = "arn:{}:lambda:${{AWS::Region}}:" + account + ":layer:PythonV2:{}"

    done = inserted(text.format("aws-us-gov", 7) + " " + text.format("aws", 7), *known)

    assert done.text == text.format("aws-us-gov", 12) + " " + text.format("aws", 40)
    assert done.ambiguous == ()
    china = inserted(text.format("aws-cn", 7), *known)
    assert (china.text, china.insertions) == (text.format("aws-cn", 7), ())
    whichever = text.format("${AWS::Partition}", 7)
    assert inserted(whichever, *known).text == whichever
    assert len(inserted(whichever, *known).ambiguous) == 1


LAGGING = Layers.model_validate(
    {
        "layers": [
            {"id": "v2", "name": "V2", "account": ACCOUNT, "architectures": ["x86_64"],
             "regions": ["eu-west-1"]},
            {"id": "v3", "name": "V3", "account": ACCOUNT, "architectures": ["x86_64"],
             "regions": ["eu-west-1", "us-gov-west-1"], "accounts": {"aws-us-gov": "165093116878"}},
        ],
        "releases": [
            {"version": "3.1.0", "layer": "v3", "number": 6,
             "exceptions": [{"regions": ["us-gov-west-1"]}]},
            {"version": "3.0.0", "layer": "v3", "number": 5,
             "exceptions": [{"regions": ["us-gov-west-1"], "number": 2}]},
            {"version": "2.0.0", "layer": "v2", "number": 4},
        ],
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "number", "left"),
    [
        (arn("eu-west-1", "V3", 1), 6, ""),
        # where the release isn't yet, the newest older one is the best that there is
        (arn("us-gov-west-1", "V3", 1), 2, ""),
        (arn("us-gov-west-1", "V3", 1).replace("us-gov-west-1", "{region}"), 2, ""),
        (arn("us-gov-west-1", "V3", 1).replace("aws-us-gov", "${AWS::Partition}"), 2, ""),
        (f"arn:aws-us-gov:lambda:{{region}}:{ACCOUNT}:layer:V3:1", 1, "faulty"),
        (arn("eu-west-1", "V2", 1), 1, "other"),
        (arn("us-gov-west-1", "V3", 1, account="165087284144"), 1, ""),
        (arn("eu-west-3", "V3", 1), 1, "faulty"),
        (arn("eu-west-1", "V3", 1, account="0170"), 1, "faulty"),
        (f"arn:aws:lambda:us-gov-west-1:{ACCOUNT}:layer:V3:1", 1, "faulty"),
    ],
)
def test_what_the_release_does_not_have_is_left_and_told(text: str, number: int, left: str) -> None:
    done = insert_numbers(text, Numbers.of(LAGGING.select("3.1.0", "layers.yml"), LAGGING))

    assert done.text == f"{text[:-2]}:{number}"
    assert [str(reference) for reference in done.other] == [text] * (left == "other")
    assert [str(reference) for reference in done.faulty] == [text] * (left == "faulty")


@pytest.mark.parametrize(
    ("text", "kind", "fault", "hint"),
    [
        (arn("eu-west-1", "X", 1, account="0170008"), Kind.FAULTY,
         '"0170008" is not an account', "12 digits"),
        (arn("eu-west-1", "X", 1, account="0170-0080-1446"), Kind.FAULTY,
         '"0170-0080-1446" is not an account', "12 digits"),
        (f"arn:aws:lambda:us-gov-west-1:{ACCOUNT}:layer:X:1", Kind.FAULTY,
         'region us-gov-west-1 is in partition "aws-us-gov", not "aws"', "arn:aws-us-gov:lambda:"),
        (f"arn:aws-cn:lambda:eu-west-1:{ACCOUNT}:layer:X:1", Kind.FAULTY,
         'region eu-west-1 is in partition "aws", not "aws-cn"', "arn:aws:lambda:eu-west-1"),
        (f"arn:awss:lambda:{{region}}:{ACCOUNT}:layer:X:1", Kind.FAULTY,
         '"awss" is not a partition', "aws-cn"),
        (f"arn:aws:lambda:eu_west_1:{ACCOUNT}:layer:X:1", Kind.FAULTY,
         '"eu_west_1" is not a region', "eu-west-1"),
        (f"arn:aws:lambda:EU-WEST-1:{ACCOUNT}:layer:X:1", Kind.FAULTY,
         '"EU-WEST-1" is not a region', "eu-west-1"),
        (f"arn:aws:lambda::{ACCOUNT}:layer:X:1", Kind.FAULTY, '"" is not a region', "eu-west-1"),
        (arn("eu-west-9", "V3", 1), Kind.FAULTY, "there is no layer V3 in eu-west-9", "data file"),
        (arn("us-gov-west-1", "V3", 1, account=ACCOUNT), Kind.FAULTY,
         "V3 has another account in us-gov-west-1", "there it is 165093116878"),
        (arn("eu-west-1", "V3", 1, account="165093116878"), Kind.FAULTY,
         "V3 has another account in eu-west-1", f"there it is {ACCOUNT}"),
        (arn("eu-west-1", "X", 1), Kind.FOREIGN,
         f"the data has no layer X of account {ACCOUNT}", ""),
        (arn("eu-west-1", "v3", 1), Kind.FOREIGN,
         f"the data has no layer v3 of account {ACCOUNT}", "did you mean V3?"),
        ("arn:aws:lambda:eu-west-1::layer:V3:1", Kind.FAULTY,
         "the account of V3 is missing", "12 digits"),
        (f"arn:aws-us-gov:lambda:{{region}}:{ACCOUNT}:layer:V3:1", Kind.FAULTY,
         f'account {ACCOUNT} has no layer V3 in partition "aws-us-gov"', "the account that it has"),
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_said_with_the_mend(
    text: str, kind: Kind, fault: str, hint: str
) -> None:
    numbers = Numbers.of(LAGGING.select("3.1.0", "layers.yml"), LAGGING)
    (reference,) = find_references(text)
    verdict = numbers.judge(reference)

    assert (verdict.kind, verdict.fault) == (kind, fault)
    assert hint in (verdict.hint or "")
