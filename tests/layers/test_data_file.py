"""A release is set in the text of the data file, and not a byte beside it changes."""

from dataclasses import dataclass
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docs_tools.errors import DocsToolsError
from docs_tools.layers.data_file import set_releases
from docs_tools.model.document import parse_document
from docs_tools.model.facts import validate
from docs_tools.model.layers import LayerException, LayerRelease, Layers
from tests.demo import ROOT
from tests.size import examples

REGIONS = ("eu-west-1", "ca-west-1", "us-gov-west-1")
LAYERS = """\
layers:
  - id: v3
    name: PythonV3-{architecture}
    account: "017000801446"
    architectures: [x86_64, arm64]
    regions: [eu-west-1, ca-west-1, us-gov-west-1]
  - id: v2
    name: PythonV2
    account: "017000801446"
    architectures: [x86_64]
    regions: [eu-west-1, ca-west-1, us-gov-west-1]
"""


def read(text: str) -> Layers:
    return validate(Layers, parse_document(text.removeprefix("\ufeff"), "layers.yml"))


def release(
    version: str, number: int, *exceptions: LayerException, layer: str = "v3"
) -> LayerRelease:
    return LayerRelease(version=version, layer=layer, number=number, exceptions=exceptions)


def gone(*regions: str) -> LayerException:
    return LayerException(regions=regions)


def put(text: str, *releases: LayerRelease, layers: str = LAYERS) -> str:
    """What stands behind the layers when releases are set."""
    old = layers + dedent(text)
    new = set_releases(old, releases, "layers.yml")

    assert set_releases(new, releases, "layers.yml") == new
    assert new.startswith(layers)
    return new.removeprefix(layers)


# ---- where a new entry goes


@pytest.mark.parametrize(
    ("versions", "new", "expected"),
    [
        (["3.2.0", "3.0.0"], "3.3.0", ["3.3.0", "3.2.0", "3.0.0"]),
        (["3.2.0", "3.0.0"], "3.1.0", ["3.2.0", "3.1.0", "3.0.0"]),
        (["3.2.0", "3.1.0"], "3.0.0", ["3.2.0", "3.1.0", "3.0.0"]),
        (["3.1.0", "3.2.0"], "3.3.0", ["3.1.0", "3.2.0", "3.3.0"]),
        (["3.0.0", "3.2.0"], "3.1.0", ["3.0.0", "3.1.0", "3.2.0"]),
        (["3.1.0", "3.2.0"], "3.0.0", ["3.0.0", "3.1.0", "3.2.0"]),
        (["3.1.0"], "3.2.0", ["3.2.0", "3.1.0"]),
        (["3.10.0", "3.9.0"], "3.11.0", ["3.11.0", "3.10.0", "3.9.0"]),
        (["3.1.0", "3.0.0"], "3.1.0rc1", ["3.1.0", "3.1.0rc1", "3.0.0"]),
        (["3.1.0", "dev"], "3.2.0", ["3.2.0", "3.1.0", "dev"]),
        (["dev"], "3.2.0", ["3.2.0", "dev"]),
        (["3.1.0", "3.0.0"], "dev", ["dev", "3.1.0", "3.0.0"]),
        (["3.0.0", "3.1.0"], "dev", ["3.0.0", "3.1.0", "dev"]),
    ],
)
def test_a_new_release_goes_where_the_file_s_order_wants_it(
    versions: list[str], new: str, expected: list[str]
) -> None:
    lines = (f'  - {{version: "{version}", layer: v3, number: 7}}\n' for version in versions)

    changed = set_releases(LAYERS + "releases:\n" + "".join(lines), [release(new, 7)], "layers.yml")

    assert [r.version for r in read(changed).releases] == expected


def test_a_layer_of_a_release_that_is_there_goes_behind_it() -> None:
    text = """\
        releases:
          - {version: "3.1.0", layer: v3, number: 4}
          - {version: "3.0.0", layer: v3, number: 3}
        """

    assert put(text, release("3.1.0", 1, layer="v2")).splitlines()[1:] == [
        '  - {version: "3.1.0", layer: v3, number: 4}',
        '  - {version: "3.1.0", layer: v2, number: 1}',
        '  - {version: "3.0.0", layer: v3, number: 3}',
    ]


def test_in_a_file_that_is_grouped_by_layer_a_release_goes_to_its_own_group() -> None:
    text = """\
        releases:
          - {version: "2.9.0", layer: v2, number: 9}
          - {version: "2.8.0", layer: v2, number: 8}
          # version 3
          - {version: "3.1.0", layer: v3, number: 4}
          - {version: "3.0.0", layer: v3, number: 3}
        """

    assert put(text, release("2.10.0", 10, layer="v2"), release("3.2.0", 5)) == dedent(
        """\
        releases:
          - {version: "2.10.0", layer: v2, number: 10}
          - {version: "2.9.0", layer: v2, number: 9}
          - {version: "2.8.0", layer: v2, number: 8}
          - {version: "3.2.0", layer: v3, number: 5}
          # version 3
          - {version: "3.1.0", layer: v3, number: 4}
          - {version: "3.0.0", layer: v3, number: 3}
        """
    )


# ---- how it is written


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("", "releases:\n  - {version: '3.1.0', layer: v3, number: 4}\n", id="no key"),
        pytest.param(
            "# the end\n",
            "# the end\nreleases:\n  - {version: '3.1.0', layer: v3, number: 4}\n",
            id="no key, a comment at the end",
        ),
        pytest.param(
            "releases: []  # none yet\n# the end\n",
            "releases:  # none yet\n  - {version: '3.1.0', layer: v3, number: 4}\n# the end\n",
            id="empty list",
        ),
        pytest.param(
            "releases: []",
            "releases:\n  - {version: '3.1.0', layer: v3, number: 4}",
            id="empty list without a line end",
        ),
        pytest.param(
            "releases: [\n  # none yet\n  ]\n",
            "releases: [\n  # none yet\n  {version: '3.1.0', layer: v3, number: 4}]\n",
            id="empty list on several lines",
        ),
        pytest.param(
            "releases: [{version: '3.0.0', layer: v3, number: 3}]\n",
            "releases: [{version: '3.1.0', layer: v3, number: 4},"
            " {version: '3.0.0', layer: v3, number: 3}]\n",
            id="list on one line",
        ),
        pytest.param(
            "releases: [\n  {version: '3.2.0', layer: v3, number: 5},  # new\n]\n",
            "releases: [\n  {version: '3.2.0', layer: v3, number: 5},  # new\n"
            "  {version: '3.1.0', layer: v3, number: 4},\n]\n",
            id="list in brackets, the last with a comma",
        ),
        pytest.param(
            "releases: [\n  {version: '3.2.0', layer: v3, number: 5}  # new\n]\n",
            "releases: [\n  {version: '3.2.0', layer: v3, number: 5},  # new\n"
            "  {version: '3.1.0', layer: v3, number: 4}\n]\n",
            id="list in brackets, the last without a comma",
        ),
        pytest.param(
            "releases: [\n  {version: '3.2.0', layer: v3, number: 5}]\n",
            "releases: [\n  {version: '3.2.0', layer: v3, number: 5},\n"
            "  {version: '3.1.0', layer: v3, number: 4}]\n",
            id="list in brackets that end behind the last",
        ),
        pytest.param(
            "releases: [\n  {version: '3.0.0', layer: v3, number: 3}\n]\n",
            "releases: [\n  {version: '3.1.0', layer: v3, number: 4},\n"
            "  {version: '3.0.0', layer: v3, number: 3}\n]\n",
            id="list in brackets, before the first",
        ),
        pytest.param(
            "releases:\n- { version: 3.0.0, layer: 'v3', number: 3 } # old",
            "releases:\n- { version: 3.1.0, layer: 'v3', number: 4 }\n"
            "- { version: 3.0.0, layer: 'v3', number: 3 } # old",
            id="not indented, padded, version without quotes",
        ),
        pytest.param(
            "releases:\n-   number: 3\n    layer: v3\n    version: '3.0.0'",
            "releases:\n-   number: 4\n    layer: v3\n    version: '3.1.0'\n"
            "-   number: 3\n    layer: v3\n    version: '3.0.0'",
            id="a line for each key, in another order, a wide dash",
        ),
        pytest.param(
            "releases:\n  -\n    version: '3.2.0'\n    layer: v3\n    number: 5 # five\n# end\n",
            "releases:\n  -\n    version: '3.2.0'\n    layer: v3\n    number: 5 # five\n"
            "  - version: '3.1.0'\n    layer: v3\n    number: 4\n# end\n",
            id="the dash on a line of its own",
        ),
        pytest.param(
            'releases:\n  - {"version": "3.0.0", "layer": "v3", "number": 3}\n',
            'releases:\n  - {"version": "3.1.0", "layer": "v3", "number": 4}\n'
            '  - {"version": "3.0.0", "layer": "v3", "number": 3}\n',
            id="keys in quotes",
        ),
        pytest.param(
            "releases:\n  - version: '3.2.0'\n    layer: v3\n    number: 5\n\n"
            "  # the first\n  - version: '3.0.0'\n    layer: v3\n    number: 3\n",
            "releases:\n  - version: '3.2.0'\n    layer: v3\n    number: 5\n\n"
            "  - version: '3.1.0'\n    layer: v3\n    number: 4\n\n"
            "  # the first\n  - version: '3.0.0'\n    layer: v3\n    number: 3\n",
            id="blank lines between entries",
        ),
        pytest.param(
            "releases:\n  - version: '3.0.0'\n    layer: v3\n    number: 3\n\n"
            "  - version: '2.9.0'\n    layer: v2\n    number: 3\n",
            "releases:\n  - version: '3.1.0'\n    layer: v3\n    number: 4\n\n"
            "  - version: '3.0.0'\n    layer: v3\n    number: 3\n\n"
            "  - version: '2.9.0'\n    layer: v2\n    number: 3\n",
            id="blank lines behind the first",
        ),
        pytest.param(
            "releases:\n  # the newest first\n  - {version: '3.0.0', layer: v3, number: 3}\n",
            "releases:\n  # the newest first\n  - {version: '3.1.0', layer: v3, number: 4}\n"
            "  - {version: '3.0.0', layer: v3, number: 3}\n",
            id="a comment that is about the list",
        ),
        pytest.param(
            "releases:\n  # 3.0.0 came\n  # late\n  - {version: '3.0.0', layer: v3, number: 3}\n",
            "releases:\n  - {version: '3.1.0', layer: v3, number: 4}\n"
            "  # 3.0.0 came\n  # late\n  - {version: '3.0.0', layer: v3, number: 3}\n",
            id="a comment that names the first",
        ),
        pytest.param(
            "releases:\n  # late\n  - {version: '3.0.0', layer: v3, number: 3}\n"
            "  # early\n  - {version: '2.9.0', layer: v2, number: 3}\n",
            "releases:\n  - {version: '3.1.0', layer: v3, number: 4}\n"
            "  # late\n  - {version: '3.0.0', layer: v3, number: 3}\n"
            "  # early\n  - {version: '2.9.0', layer: v2, number: 3}\n",
            id="each entry has a comment",
        ),
        pytest.param(
            "releases:\n  - {version: '3.0.0', layer: v3, number: 3}\n...\n",
            "releases:\n  - {version: '3.1.0', layer: v3, number: 4}\n"
            "  - {version: '3.0.0', layer: v3, number: 3}\n...\n",
            id="the document's end is marked",
        ),
        pytest.param(
            "...\n",
            "releases:\n  - {version: '3.1.0', layer: v3, number: 4}\n...\n",
            id="no key, and the document's end is marked",
        ),
        pytest.param(
            "releases:\n  - version: '3.0.0'\n    layer: v3\n    number: 3\n"
            "    exceptions: &gone\n      - {regions: [ca-west-1]}\n"
            "  - version: '2.9.0'\n    layer: v2\n    number: 3\n    exceptions: *gone  # too\n"
            "# end\n",
            "releases:\n  - version: '3.1.0'\n    layer: v3\n    number: 4\n"
            "  - version: '3.0.0'\n    layer: v3\n    number: 3\n"
            "    exceptions: &gone\n      - {regions: [ca-west-1]}\n"
            "  - version: '2.9.0'\n    layer: v2\n    number: 3\n    exceptions: *gone  # too\n"
            "# end\n",
            id="an anchor and an alias that are not in the way",
        ),
    ],
)
@pytest.mark.parametrize("eol", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_new_entry_is_written_like_its_neighbours(
    before: str, after: str, eol: str, mark: str
) -> None:
    if "version" not in before:  # without a neighbour
        after = after.replace("'", '"')

    def whole(text: str) -> str:
        return mark + (LAYERS + text).replace("\n", eol)

    assert set_releases(whole(before), [release("3.1.0", 4)], "layers.yml") == whole(after)
    again = set_releases(whole(after), [release("3.1.0", 4)], "layers.yml")
    assert again == whole(after)


def test_behind_the_last_one_an_alias_is_no_obstacle() -> None:
    text = """\
        releases:
          - version: "3.1.0"
            layer: v3
            number: 4
            exceptions: &gone
              - {regions: [ca-west-1]}
          - version: "3.0.0"
            layer: v3
            number: 3
            exceptions: *gone  # too
        # end
        """

    assert put(text, release("2.9.0", 2, gone("ca-west-1"))).splitlines()[9:] == [
        "    exceptions: *gone  # too",
        '  - version: "2.9.0"',
        "    layer: v3",
        "    number: 2",
        "    exceptions:",
        "      - {regions: [ca-west-1]}",
        "# end",
    ]


def test_a_file_within_braces_gets_its_list_there() -> None:
    layers = (
        '{"layers": [{"id": "v3", "name": "V3", "account": "017000801446",'
        ' "architectures": ["x"], "regions": ["eu-west-1"]}]}\n'
    )

    assert set_releases(layers, [release("3.1.0", 4)], "layers.yml") == (
        layers[:-2] + ', "releases": [{version: "3.1.0", layer: v3, number: 4}]}\n'
    )


def test_exceptions_stand_on_lines_of_their_own_unless_neighbours_have_them_in_braces() -> None:
    text = """\
        releases:
          - {version: "3.0.0", layer: v3, number: 3}
        """
    new = release("3.1.0", 4, LayerException(regions=("ca-west-1",), number=9), gone("eu-west-1"))

    assert put(text, new) == dedent(
        """\
        releases:
          - version: "3.1.0"
            layer: v3
            number: 4
            exceptions:
              - {regions: [ca-west-1], number: 9}
              - {regions: [eu-west-1]}
          - {version: "3.0.0", layer: v3, number: 3}
        """
    )
    text = """\
        releases:
          - {version: "3.0.0", layer: v3, number: 3, exceptions: [{regions: [ca-west-1]}]}
        """
    assert put(text, release("3.1.0", 4, gone("eu-west-1"))).splitlines()[1] == (
        '  - {version: "3.1.0", layer: v3, number: 4, exceptions: [{regions: [eu-west-1]}]}'
    )


def test_a_long_list_of_regions_is_broken_into_lines() -> None:
    regions = [f"{name}-{i}" for name in ("eu-west", "us-east", "ap-south") for i in range(1, 9)]
    layers = LAYERS.replace(
        "regions: [", f"regions: [{', '.join(r for r in regions if r not in REGIONS)}, "
    )
    new = release("3.1.0", 4, gone(*regions))

    changed = set_releases(layers, [new], "layers.yml").removeprefix(layers)

    assert max(map(len, changed.splitlines())) <= 100
    assert changed.splitlines()[4:6] == [
        "    exceptions:",
        "      - {regions: [eu-west-1, eu-west-2, eu-west-3, eu-west-4, eu-west-5, eu-west-6,"
        " eu-west-7,",
    ]
    assert read(layers + changed).releases == (new,)


@pytest.mark.parametrize(
    "version", ["3.1", "1e3", "0x1F", "2024-01-01", "on", "3.1 #1", "it's", 'a"b', "é ☃", "a, b"]
)
@pytest.mark.parametrize("neighbour", ["3.0.0", "'3.0.0'", '"3.0.0"'])
@pytest.mark.parametrize(
    "entry", ["{{version: {}, layer: v3, number: 3}}", "version: {}\n    layer: v3\n    number: 3"]
)
def test_whatever_a_version_is_called_it_is_read_as_such(
    version: str, neighbour: str, entry: str
) -> None:
    text = f"releases:\n  - {entry.format(neighbour)}\n"

    changed = set_releases(LAYERS + text, [release(version, 3)], "layers.yml")

    assert {r.version for r in read(changed).releases} == {version, "3.0.0"}


# ---- what is there already is changed where it stands


def change(text: str, new: LayerRelease) -> str:
    return put(text, new)


OLD = """\
releases:
  # ours
  - {version: "3.1.0", layer: v3, number: 4}  # August
  # theirs
  - version: "3.0.0"  # first
    layer: v3
    # since May
    number: 3  # three
    exceptions:
      # not there
      - {regions: [ca-west-1]}  # gone
    # behind
  - version: "2.0.0"
    layer: v3
    number: 2
"""


@pytest.mark.parametrize(
    ("new", "old_lines", "new_lines"),
    [
        (release("3.1.0", 5), "number: 4}", "number: 5}"),
        (release("3.0.0", 4, gone("ca-west-1")), "number: 3 ", "number: 4 "),
        (
            release("3.1.0", 5, gone("eu-west-1")),
            '{version: "3.1.0", layer: v3, number: 4}',
            'version: "3.1.0"\n    layer: v3\n    number: 5\n    exceptions:\n'
            "      - {regions: [eu-west-1]}",
        ),
        (
            release("3.0.0", 3, gone("eu-west-1"), gone("ca-west-1")),
            "- {regions: [ca-west-1]}",
            "- {regions: [eu-west-1]}\n      - {regions: [ca-west-1]}",
        ),
        (
            release("3.0.0", 3),
            "    exceptions:\n      # not there\n      - {regions: [ca-west-1]}  # gone\n",
            "",
        ),
        (
            release("2.0.0", 2, gone("eu-west-1")),
            "    number: 2\n",
            "    number: 2\n    exceptions:\n      - {regions: [eu-west-1]}\n",
        ),
    ],
)
@pytest.mark.parametrize("eol", ["\n", "\r\n"])
def test_a_release_that_is_there_is_changed_where_it_stands(
    new: LayerRelease, old_lines: str, new_lines: str, eol: str
) -> None:
    assert OLD.count(old_lines) == 1
    before = (LAYERS + OLD).replace("\n", eol)
    expected = (LAYERS + OLD.replace(old_lines, new_lines)).replace("\n", eol)

    assert set_releases(before, [new], "layers.yml") == expected


@pytest.mark.parametrize(
    ("before", "new", "after"),
    [
        (
            '{number: 4, version: "3.1.0", layer: v3, exceptions: [{regions: [ca-west-1]}]}',
            release("3.1.0", 5),
            '{number: 5, version: "3.1.0", layer: v3}',
        ),
        (
            "{exceptions: [{regions: [ca-west-1]}], version: '3.1.0', layer: v3, number: 4}",
            release("3.1.0", 4, gone("eu-west-1")),
            "{exceptions: [{regions: [eu-west-1]}], version: '3.1.0', layer: v3, number: 4}",
        ),
        (
            "exceptions:\n    - {regions: [ca-west-1]}\n    version: '3.1.0'\n    layer: v3\n"
            "    number: 4",
            release("3.1.0", 5),
            "version: '3.1.0'\n    layer: v3\n    number: 5",
        ),
        (
            "version: '3.1.0'\n    exceptions: []\n    layer: v3\n    number: 4",
            release("3.1.0", 5, gone("eu-west-1")),
            "version: '3.1.0'\n    exceptions: [{regions: [eu-west-1]}]\n    layer: v3\n"
            "    number: 5",
        ),
        (
            "version: '3.1.0'\n    exceptions: [{regions: [ca-west-1]}]\n    layer: v3\n"
            "    number: 4",
            release("3.1.0", 4),
            "version: '3.1.0'\n    layer: v3\n    number: 4",
        ),
        (
            "version: '3.1.0'\n    exceptions:\n    -   regions: [ca-west-1]\n        number: 3\n"
            "    layer: v3\n    number: 4",
            release("3.1.0", 4, gone("eu-west-1"), gone("ca-west-1")),
            "version: '3.1.0'\n    exceptions:\n    - {regions: [eu-west-1]}\n"
            "    - {regions: [ca-west-1]}\n    layer: v3\n    number: 4",
        ),
        (
            "version: '3.1.0'\n    layer: v3\n    number: 0x4",
            release("3.1.0", 5),
            "version: '3.1.0'\n    layer: v3\n    number: 5",
        ),
    ],
)
def test_an_entry_keeps_its_quotes_and_the_order_of_its_keys(
    before: str, new: LayerRelease, after: str
) -> None:
    assert put(f"releases:\n  - {before}", new) == f"releases:\n  - {after}"


EXCEPTIONS = """\
releases:
  - version: "3.0.0"
    layer: v3
    number: 3
    exceptions:
      # began in May
      - {regions: [ca-west-1], number: 2}  # counts from 1
      # comes in June
      - regions: [us-gov-west-1]  # their own account
    # behind
  - {version: "2.0.0", layer: v3, number: 1}
"""


def in_canada(number: int) -> LayerException:
    return LayerException(regions=("ca-west-1",), number=number)


@pytest.mark.parametrize(
    ("new", "old_lines", "new_lines"),
    [
        ([in_canada(1), gone("us-gov-west-1")], "number: 2}", "number: 1}"),
        (
            [in_canada(2), LayerException(regions=("us-gov-west-1",), number=1)],
            "- regions: [us-gov-west-1]  #",
            "- {regions: [us-gov-west-1], number: 1}  #",
        ),
        (
            [in_canada(2)],
            "      # comes in June\n      - regions: [us-gov-west-1]  # their own account\n",
            "",
        ),
        (
            [gone("us-gov-west-1")],
            "      # began in May\n      - {regions: [ca-west-1], number: 2}  # counts from 1\n",
            "",
        ),
        (
            [in_canada(2), gone("us-gov-west-1"), gone("eu-west-1")],
            "    # behind",
            "      - {regions: [eu-west-1]}\n    # behind",
        ),
        (
            [in_canada(2), gone("eu-west-1")],
            "      # comes in June\n      - regions: [us-gov-west-1]  # their own account\n",
            "      - {regions: [eu-west-1]}\n",
        ),
    ],
)
@pytest.mark.parametrize("eol", ["\n", "\r\n"])
def test_comments_in_exceptions_stay_by_what_they_are_about(
    new: list[LayerException], old_lines: str, new_lines: str, eol: str
) -> None:
    assert EXCEPTIONS.count(old_lines) == 1
    before = (LAYERS + EXCEPTIONS).replace("\n", eol)
    expected = (LAYERS + EXCEPTIONS.replace(old_lines, new_lines)).replace("\n", eol)

    assert set_releases(before, [release("3.0.0", 3, *new)], "layers.yml") == expected


def test_what_only_libyaml_reads_is_told_and_not_changed() -> None:
    text = 'releases:\n  - {version: "3.0.0", layer: v3, number: 3}\t# tab\n'

    with pytest.raises(DocsToolsError, match="can't be changed safely"):
        put(text, release("3.1.0", 4))


def test_what_the_file_says_already_changes_nothing() -> None:
    releases = read(LAYERS + OLD).releases

    assert set_releases(LAYERS + OLD, releases, "layers.yml") == LAYERS + OLD
    assert set_releases(LAYERS + OLD, [], "layers.yml") == LAYERS + OLD


# ---- what can't be done safely


@pytest.mark.parametrize(
    ("text", "new"),
    [
        pytest.param(
            "releases:\n  - version: '3.1.0'\n    layer: v3\n    number: &n 4\n"
            "  - {version: '3.0.0', layer: v3, number: *n}\n",
            release("3.1.0", 5),
            id="an anchor on the number",
        ),
        pytest.param(
            "releases:\n  - version: '3.1.0'\n    layer: v3\n    number: &n 4\n"
            "  - {version: '3.0.0', layer: v3, number: *n}\n",
            release("3.0.0", 3),
            id="an alias for the number",
        ),
        pytest.param(
            "releases:\n  - version: '3.1.0'\n    layer: v3\n    number: 4\n"
            "    exceptions: &e\n      - {regions: [ca-west-1]}\n"
            "  - {version: '3.0.0', layer: v3, number: 3, exceptions: *e}\n",
            release("3.1.0", 4, gone("eu-west-1")),
            id="exceptions that others share",
        ),
        pytest.param(
            "releases:\n  - version: '3.1.0'\n    layer: v3\n    number: 4\n"
            "    exceptions: &e\n      - {regions: [ca-west-1]}\n"
            "  - version: '3.0.0'\n    layer: v3\n    number: 3\n    exceptions: *e\n",
            release("3.0.0", 3, gone("eu-west-1")),
            id="exceptions of another entry",
        ),
    ],
)
def test_where_an_anchor_is_in_the_way_the_lines_to_add_are_told(
    text: str, new: LayerRelease
) -> None:
    with pytest.raises(DocsToolsError) as caught:
        set_releases(LAYERS + text, [new], "docs/data/layers.yml")

    assert (
        caught.value.message
        == "docs/data/layers.yml is written in a way that can't be changed safely"
    )
    assert caught.value.hint is not None
    first, *lines = caught.value.hint.splitlines()
    assert first == "set this by hand below `releases:`"
    assert read(LAYERS + "releases:\n" + "\n".join(lines)).releases == (new,)


def test_a_release_of_a_layer_that_the_file_does_not_describe_is_refused() -> None:
    with pytest.raises(DocsToolsError, match=r'layers\.yml describes no layer "v4"') as caught:
        set_releases(LAYERS, [release("4.0.0", 1, layer="v4")], "layers.yml")
    assert caught.value.hint == "there is: v3, v2"


@pytest.mark.parametrize("text", ["", "layers: {", "layers: 1\n", LAYERS + "releases: 1\n"])
def test_a_file_that_is_not_valid_is_refused(text: str) -> None:
    with pytest.raises(DocsToolsError, match=r"layers\.yml"):
        set_releases(text, [release("3.1.0", 4)], "layers.yml")


# ---- any file, any release


@dataclass(frozen=True)
class File:
    """A file in parts: each entry, and what stands before it; last what stands behind all."""

    entries: list[LayerRelease]
    before: list[str]
    written: list[str]
    behind: str


@st.composite
def files(draw: st.DrawFn) -> File:
    versions = [(i, patch, layer) for i in range(3) for patch in (0, 1) for layer in ("v3", "v2")]
    chosen = draw(st.lists(st.sampled_from(versions), unique=True, max_size=4))
    if draw(st.booleans()):
        chosen.sort(reverse=draw(st.booleans()))
    entries = [draw(releases_of(*version)) for version in chosen]
    head = LAYERS + draw(st.sampled_from(["", "\n", "# all\n"])) + "releases:"
    if not entries:
        return File([], [], [], head + draw(st.sampled_from([" []\n", " []", " []  # c\n# d\n"])))
    if draw(st.integers(0, 3)) == 0:
        gaps = st.sampled_from([",\n  ", ", ", ",  # note\n  ", ",\n\n  # next\n  "])
        before = [head + " [\n  ", *(draw(gaps) for _ in entries[1:])]
        written = [write(draw, entry, True, "  ") for entry in entries]
        return File(
            entries, before, written, draw(st.sampled_from(["]", "\n]\n", ",\n]\n", " # c\n]"]))
        )
    indent = draw(st.sampled_from(["", "  "]))
    ends = st.sampled_from(["\n", "  # note\n", "\n# end\n", "\n\n"])
    above = st.sampled_from(["", f"{indent}# note\n", "\n", f"\n{indent}# note\n"])
    dashes = st.sampled_from(["- ", "-   "])
    gap = [(draw(ends), draw(above), draw(dashes)) for _ in entries]
    before = [
        (end if i else head + "\n") + up + indent + dash for i, (end, up, dash) in enumerate(gap)
    ]
    written = [
        write(draw, entry, draw(st.booleans()), " " * len(indent + dash))
        for entry, (_, _, dash) in zip(entries, gap, strict=True)
    ]
    return File(entries, before, written, draw(ends | st.just("")))


@st.composite
def releases_of(draw: st.DrawFn, minor: int, patch: int, layer: str) -> LayerRelease:
    """A release with numbers that are lawful beside those of others."""
    number = st.integers(0, 3).map(lambda n: 10 * minor + 5 * patch + n + 1)
    regions = draw(st.lists(st.sampled_from(REGIONS), unique=True, max_size=2))
    exceptions = tuple(
        LayerException(regions=(region,), number=draw(st.none() | number)) for region in regions
    )
    return release(f"3.{minor}.{patch}", draw(number), *exceptions, layer=layer)


def write(draw: st.DrawFn, entry: LayerRelease, flow: bool, blanks: str) -> str:
    """An entry, by hand."""
    quote = draw(st.sampled_from(['"', "'", ""]))
    values = [
        f"version: {quote}{entry.version}{quote}",
        f"layer: {entry.layer}",
        f"number: {entry.number}",
    ]
    exceptions = [
        f"{{regions: [{e.regions[0]}]" + (f", number: {e.number}}}" if e.number else "}")
        for e in entry.exceptions
    ]
    if exceptions and (flow or draw(st.booleans())):
        values.append(f"exceptions: [{', '.join(exceptions)}]")
    elif exceptions:
        inner = blanks + draw(st.sampled_from(["", "  "])) + "- "
        values.append(f"exceptions:\n{inner}" + f"\n{inner}".join(exceptions))
    order = draw(st.permutations(values))
    if flow:
        return "{" + ", ".join(order) + "}"
    return f"\n{blanks}".join(order)


new_releases = st.tuples(
    st.integers(0, 2), st.integers(0, 1), st.sampled_from(["v3", "v2"])
).flatmap(lambda version: releases_of(*version))


def only_adds(old: str, new: str) -> bool:
    """Whether a text is another one with something put in, and perhaps a comma before that."""
    pairs = zip(old, new, strict=False)
    begin = next((i for i, (one, other) in enumerate(pairs) if one != other), len(old))
    if new.endswith(old[begin:]):
        return True
    return new[begin] == "," and only_adds(old[begin:], new[begin + 1 :])


@settings(max_examples=examples(80), deadline=None)
@given(files(), new_releases, st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"]))
def test_all_else_stays_byte_for_byte(file: File, new: LayerRelease, eol: str, mark: str) -> None:
    parts = [part for pair in zip(file.before, file.written, strict=True) for part in pair]
    parts = [part.replace("\n", eol) for part in (mark, *parts, file.behind)]
    text = "".join(parts)
    old = {(r.version, r.layer): r for r in file.entries}
    name = (new.version, new.layer)

    changed = set_releases(text, [new], "layers.yml")

    assert set_releases(changed, [new], "layers.yml") == changed
    said = {(r.version, r.layer): r for r in read(changed).releases}
    assert said == {**old, name: new}
    assert [known for known in said if known in old] == list(old)
    assert changed.count("\r\n") == (changed.count("\n") if eol == "\r\n" else 0)
    if name not in old:
        assert only_adds(text.replace(" []", ""), changed)
        return
    at = 2 * list(old).index(name) + 2
    behind = "".join(parts[at + 1 :])
    if not parts[at].startswith("{") and new.exceptions != old[name].exceptions:
        # exceptions are lines of their own, and so a comment stays behind what was the last line
        behind = behind[behind.index(eol) :] if eol in behind else ""
    assert changed.startswith("".join(parts[:at]))
    assert changed.endswith(behind)


def test_the_demonstration_s_own_file_takes_a_release() -> None:
    text = (ROOT / "docs/data/layers.yml").read_text("utf-8")
    new = release("3.0.0", 3, LayerException(architectures=("arm64",), regions=("ca-west-1",)))

    changed = set_releases(text, [new], "layers.yml")

    entry = (
        '  - version: "3.0.0"\n    layer: v3\n    number: 3\n    exceptions:\n'
        "      - {architectures: [arm64], regions: [ca-west-1]}\n"
    )
    assert changed == text.replace('  - {version: "2.20.0"', f'{entry}  - {{version: "2.20.0"')
