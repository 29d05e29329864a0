"""What is a layer ARN in a text, however its parts are spelled."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docs_tools.layers.references import Reference, find_references, fits, is_literal
from tests.layers.arns import ACCOUNT, REGIONS, arn, inserted
from tests.size import examples

NAME = "PythonV3-python312-x86_64"
LITERAL = arn("eu-west-1", NAME, 7)

SPELLINGS = [
    # as the facts about real projects have them
    "{region}",
    "${AWS::Region}",
    "${aws:region}",
    "{env.region}",
    "{Aws.REGION}",
    "${data.aws_region.current.name}",
    "{python_version}",
    # programs
    "{}",
    "{0}",
    "{Stack.of(self).region}",
    "${Stack.of(this).region}",
    "${this.region}",
    "#{region}",
    "%s",
    "%(region)s",
    "{region!s:>9}",
    "$region",
    "$REGION",
    "${REGION:-eu-west-1}",
    "$(aws configure get region)",
    "%AWS_REGION%",
    '" + region + "',
    "' + region + '",
    '"+process.env["AWS_REGION"]+"',
    "` + region() + `",
    # templates
    "{{ region }}",
    "{{region}}",
    "{{.Region}}",
    "{{ cookiecutter.region }}",
    "${{ matrix.region }}",
    "${opt:region, 'us-east-1'}",
    "${opt:region, ${self:provider.region}}",
    "<%= region %>",
    "@{region}",
    "%{region}",
    # prose
    "<region>",
    "<your region>",
    "&lt;region&gt;",
    "[region]",
]
# a word in the middle of a name would be a part of it
ONLY_ALONE = ["REGION", "AWS_REGION", "*", "region", "your-region", "my_region"]
# nothing that is known; the account, the name and the number tell that it is one of ours
UNKNOWN_TO_ANYONE = [
    '", {"Ref": "AWS::Region"}, "',
    '",\n        {\n          "Ref": "AWS::Region"\n        },\n        "',
    "'\n    - !Ref AWS::Region\n    - '",
    "**{region}**",
    "\\(region)",
    "$env:AWS_REGION",
    "' . $region . '",
    "eu-${direction}-1",
    "…",
]


def text_of(reference: Reference, text: str) -> str:
    return text[reference.start : reference.end]


@pytest.mark.parametrize("spelling", [*SPELLINGS, *ONLY_ALONE, *UNKNOWN_TO_ANYONE])
def test_a_placeholder_for_the_region_stands_for_each(spelling: str) -> None:
    known = [arn(region, NAME, 40) for region in REGIONS]
    text = f"Layers: arn:aws:lambda:{spelling}:{ACCOUNT}:layer:{NAME}:7\n"

    done = inserted(text, *known)

    assert done.text == text.replace(":7\n", ":40\n")
    assert [(i.before, i.number) for i in done.insertions] == [(7, 40)]


@pytest.mark.parametrize("spelling", [*SPELLINGS, *ONLY_ALONE, *UNKNOWN_TO_ANYONE])
def test_a_placeholder_for_the_region_is_ambiguous_where_numbers_differ(spelling: str) -> None:
    text = f"arn:aws:lambda:{spelling}:{ACCOUNT}:layer:{NAME}:7"

    done = inserted(text, arn("eu-west-1", NAME, 40), arn("ca-west-1", NAME, 39))

    assert done.text == text
    assert [v.fault.partition(" stands for ")[2] for _, v in done.ambiguous] == [
        "regions with different numbers: 39 in ca-west-1; 40 in eu-west-1"
    ]


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("name", ["PythonV3-{}-x86_64", "PythonV3-python312-{}", "{}V3-{}-{}"])
def test_a_placeholder_in_the_name_stands_for_each_runtime_and_architecture(
    spelling: str, name: str
) -> None:
    known = [arn("eu-west-1", f"PythonV3-python312-{end}", 40) for end in ("x86_64", "arm64")]
    text = f"arn:aws:lambda:eu-west-1:{ACCOUNT}:layer:{name.replace('{}', spelling)}:7"

    done = inserted(text, *known, arn("eu-west-1", "PythonV2", 9))

    assert done.text == text.removesuffix("7") + "40"


@pytest.mark.parametrize("spelling", [*SPELLINGS, *ONLY_ALONE, *UNKNOWN_TO_ANYONE])
def test_a_placeholder_for_the_partition_stands_for_each(spelling: str) -> None:
    text = f"arn:{spelling}:lambda:{{}}:{ACCOUNT}:layer:{NAME}:7"
    for region in ("eu-west-1", "{region}"):
        here = text.replace("{}", region, 1) if "{}" not in spelling else text
        done = inserted(here, arn("eu-west-1", NAME, 40), arn("us-east-1", NAME, 40))
        assert done.text == here.removesuffix("7") + "40"


@pytest.mark.parametrize("spelling", [*SPELLINGS, "ACCOUNT_ID", "account-id", "xxxxxxxxxxxx", "*"])
def test_a_placeholder_for_the_account_stands_for_each(spelling: str) -> None:
    text = f"arn:aws:lambda:eu-west-1:{spelling}:layer:{NAME}:7"

    assert inserted(text, LITERAL[:-1] + "40").text == text.removesuffix("7") + "40"


@pytest.mark.parametrize(
    ("template", "number"),
    [
        ("**{}:7**", "7"),
        ("_{}:7_", "7"),
        ("__{}:7__ ", "7"),
        ("{}:7{{: .copyMe}}:clipboard:", "7"),
        ("{}:7{{ .copy }}", "7"),
        ("{}:7.", "7"),
        ("{}:7...", "7"),
        ("{}:7, {}", "7"),
        ("{}:7-", "7"),
        ("({}:7)", "7"),
        ("{}:7|", "7"),
        ('"{}:7"', "7"),
        ("{}:7:", "7"),
        ("{}:007", "007"),
        ("{}:" + "7" * 100, "7" * 100),
        ("{}:7.5", None),
        ("{}:7abc", None),
        ("{}:7-1", None),
        ("{}:7_1", None),
        ("{}", None),
        ("{}:", None),
    ],
)
def test_a_number_ends_where_a_reader_sees_its_end(template: str, number: str | None) -> None:
    text = template.format(LITERAL.removesuffix(":7"), "other")

    (found,) = find_references(text)

    assert found.number == number
    assert (found.partition, found.region, found.owner) == ("aws", "eu-west-1", ACCOUNT)
    assert found.name == NAME


@pytest.mark.parametrize(
    ("end", "begun"),
    [
        (":{version}", True),
        (":${LayerVersion}", True),
        (":<version>", True),
        (":*", True),
        (":latest", True),
        (":$LATEST", True),
        (":...", True),
        (':" + version', True),
        (":' . $version", True),
        (':", {"Ref": "Version"}', True),
        (":1.5", False),
        (":1a", False),
        ("", False),
        (":", False),
        (": the layer", False),
        (":\r\n", False),
        (':"', False),
        (":.", False),
        (":`, and", False),
        ("`: the layer", False),
        (":` | 3", False),
    ],
)
def test_what_stands_where_the_number_would_is_told_from_nothing(end: str, begun: bool) -> None:
    (found,) = find_references(LITERAL.removesuffix(":7") + end)

    assert found.number is None
    assert found.begun is begun


@pytest.mark.parametrize(
    "text",
    [
        f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:{NAME}:7",
        f"arn:aws:s3:eu-west-1:{ACCOUNT}:layer:{NAME}:7",
        f"arn:aws:lambda:eu-west-1:{ACCOUNT}:layer::7",
        f"arn:aws:lambda:eu-west-1:{ACCOUNT}:layers:{NAME}:7",
        f"{ACCOUNT}:layer:{NAME}:7",
        f"arn:aws:iam::1:role/x {ACCOUNT}:layer:{NAME}:7",
        f"arn:aws:lambda:{'x' * 400}:{ACCOUNT}:layer:{NAME}:7",
        "arn:aws:lambda",
        "",
    ],
)
def test_what_only_looks_like_a_layer_arn_is_none(text: str) -> None:
    assert list(find_references(text)) == []


@pytest.mark.parametrize(
    "region", ["eu_west_1", "EU-WEST-1", "eu-west", "eu west 1", "", "euwest1", "eu.west.1"]
)
def test_a_region_that_is_none_is_no_placeholder(region: str) -> None:
    (found,) = find_references(f"arn:aws:lambda:{region}:{ACCOUNT}:layer:{NAME}:7")

    assert found.region == region
    assert is_literal(found.region)


@pytest.mark.parametrize(
    "gap",
    ['"\n    "', "'\r\n        f'", '" \\\n    rf"', '" +\n  "', '"\n  + "', "` + `", '" .\n "'],
    ids=repr,
)
@pytest.mark.parametrize("before", [ACCOUNT, ":layer:", "PythonV3-", "x86_"])
def test_a_string_may_go_on_in_another_line(gap: str, before: str) -> None:
    at = LITERAL.index(before) + len(before)
    text = f'"{LITERAL[:at]}{gap}{LITERAL[at:]}", "{LITERAL}"'

    found = list(find_references(text))

    assert [reference.name for reference in found] == [NAME, NAME]
    assert inserted(text, arn("eu-west-1", NAME, 40)).text == text.replace("64:7", "64:40")


@pytest.mark.parametrize("between", ['"\n"', '",\n"', "`\n`", '" "'])
def test_an_arn_without_a_number_ends_before_the_next_string(between: str) -> None:
    text = f'"{LITERAL.removesuffix(":7")}{between}{LITERAL}"'

    assert [(r.name, r.number) for r in find_references(text)] == [(NAME, None), (NAME, "7")]


def test_quotes_within_a_placeholder_break_nothing() -> None:
    name = "PythonV3-{version.replace('.', '')}-x86_64"

    (found,) = find_references(arn("{region}", name, 7))

    assert found.name == name


def test_an_attribute_list_is_no_placeholder() -> None:
    for attributes in ("{: .copyMe }", "{.copyMe}", "{ #id }", "{:.x}"):
        (found,) = find_references(LITERAL.removesuffix(":7") + attributes)
        assert found.name == NAME


def test_arns_of_every_kind_are_found_in_order() -> None:
    parts = [
        LITERAL,
        LITERAL.replace("eu-west-1", "{region}"),
        LITERAL.replace("eu-west-1", "\\(region)"),
        LITERAL.replace("python312", "${RUNTIME}"),
        LITERAL.replace("eu-west-1", '", !Ref Region, "'),
    ]
    text = ",\n".join(parts * 2)

    found = list(find_references(text))

    assert [text_of(reference, text) for reference in found] == parts * 2


def test_an_arn_with_an_unknown_spelling_begins_behind_the_one_before() -> None:
    one, two = LITERAL, f"017000801446:layer:{NAME}:8"
    assert [r.number for r in find_references(f"{one} lambda {two}")] == ["7"]


LETTERS = st.text("ab-", min_size=0, max_size=6)


@settings(max_examples=examples(300))
@given(st.lists(LETTERS, min_size=2, max_size=5), LETTERS, st.data())
def test_a_name_fits_its_parts_with_anything_between(
    parts: list[str], other: str, data: st.DataObject
) -> None:
    between = [data.draw(LETTERS) for _ in parts[1:]] + [""]
    name = "".join(part + filler for part, filler in zip(parts, between, strict=True))

    assert fits(tuple(parts), name)
    assert not fits((*parts, "X"), name)
    # by trying each place of each part
    reachable = {len(parts[0])} if other.startswith(parts[0]) else set()
    for part in parts[1:]:
        reachable = {
            at + len(part)
            for at in range(len(other) + 1)
            if any(at >= end for end in reachable) and other.startswith(part, at)
        }
    assert fits(tuple(parts), other) is (len(other) in reachable)


HANG = """
import sys
from docs_tools.layers.check import shows_all
from docs_tools.layers.in_files import plan_insertion
from docs_tools.layers.insert import insert_numbers
from tests.layers.arns import arn, release

known = release(*(arn("eu-west-1", f"PythonV3-python3{n}-x86_64", n) for n in range(1, 40)))
head, mib = "arn:aws:lambda:eu-west-1:017000801446:layer:", 1 << 20
blocks = [
    "arn:", "arn:{", "arn:{{", "arn:aws:lambda:", "{{{{", "${", "${a${b}", "<a", "[a ", "$(",
    "&lt;a", '"+ a', 'arn:" + ', "arn:{ ", "arn:${a}${a}", "%(", "arn:aws:lambda:{", head[:-1],
    head,
    head + "{a}", head + "a ", "017000801446:layer:P:1 ", "arn:lambda 017000801446:layer:P:1 ",
    "docs_tools: keep ", "docs_tools: keep\\n", "docs_tools: keep-start ", "docs_tools:",
    "docs_tools: keep-start docs_tools: keep-end ", head + "PythonV3:1 docs_tools: keep\\n",
    head + "P:1\\n# docs_tools: keep\\n", "arn:aws:lambda:[" + "r" * 90, "<!-- docs_tools/layers {",
]
for block in blocks:
    insert_numbers(block * (mib // len(block)), known)
    shows_all(block * (mib // len(block)))
many = (head + "PythonV3-python39-x86_64:99 ") * 10_000
assert len(plan_insertion([("a.md", many.encode())], known).problems) == 10_000
for name in ("a", "-", "{a}", "{a}-", "{a}{b}-1", "%s", "$a"):
    insert_numbers(head + "PythonV3-" + name * (mib // len(name)) + ":1", known)
    insert_numbers((head + "PythonV3-" + name * 200 + "x:1 ") * 1000, known)
    insert_numbers(head + "PythonV3-" + name * 200 + "x:1 ", known)
insert_numbers("arn:{" + " " * mib, known)
insert_numbers("docs_tools:" + " " * mib, known)
print("done")
"""


def test_a_mebibyte_of_anything_takes_work_that_grows_with_its_length() -> None:
    done = subprocess.run(
        [sys.executable, "-c", HANG], capture_output=True, text=True, timeout=300, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "done\n", "")
