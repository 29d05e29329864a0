"""Long documents with ARNs, made of a few drawn building blocks."""

import random
from dataclasses import dataclass

from hypothesis import strategies as st

from tests.layers.arns import ACCOUNT, REGIONS, arn

NAMES = ("PythonV2", "PythonV2-Arm64", "PythonV3-python312-x86_64", "PythonV3-python312-arm64")
LINES = 10_000

# whose number nobody may touch: a stranger's, an old name, a region that isn't ours
STRANGERS = (
    "arn:aws:lambda:eu-west-1:464622532012:layer:Datadog-Python312:78",
    "arn:aws:lambda:{region}:464622532012:layer:Datadog-Python312:78",
    arn("eu-west-1", "PythonV1", 7),
    arn("eu-west-1", "PythonV2-Extra", 7),
    arn("sa-east-1", "PythonV2", 7),
    arn("eu-west-1", "PythonV2", 7, account="999999999999"),
    f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:PythonV2:7",
)
TEMPLATES = (
    "| {region} | **{arn}**{{: .copyMe}}:clipboard: |",
    "Use `{arn}`, or `{arn}`.",
    '    "arn": "{arn}",',
    "      - !Sub {arn}",
    "<td>{arn}</td><td>&eacute; \u00e9 \u00fc</td>",
    "{arn}",
    "aws lambda get-layer-version-by-arn --arn {arn} \\",
)

arns = st.one_of(
    st.builds(
        arn, st.sampled_from(REGIONS), st.sampled_from(NAMES), st.integers(0, 10**6)
    ),
    st.sampled_from(STRANGERS),
)  # fmt: skip
lines = st.one_of(
    st.text(st.sampled_from("`*|<>\t {}.:,;é0:7#-_'\"$\\arnlmbd"), max_size=60),
    st.builds(
        lambda template, found: template.format(region="eu-west-1", arn=found),
        st.sampled_from(TEMPLATES),
        arns,
    ),
)


@dataclass(frozen=True)
class Document:
    """A file of `LINES` lines."""

    content: bytes

    def __repr__(self) -> str:  # such a file is too long to be shown
        return f"Document({self.content[:2000]!r}…)"


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Files in any encoding that has ASCII, with any line ends, perhaps without the last."""
    blocks = draw(st.lists(st.lists(lines, min_size=1, max_size=5), min_size=2, max_size=8))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "latin-1"]))
    ends = draw(st.sampled_from([("\n",), ("\r\n",), ("\n", "\r\n"), ("\n", "\r\n", "\r")]))
    order = random.Random(draw(st.integers(0, 1 << 32)))
    written: list[str] = []
    while len(written) < LINES:
        written += [line + order.choice(ends) for line in order.choice(blocks)]
    text = "".join(written[:LINES])
    if draw(st.booleans()):
        text = text.rstrip("\r\n")
    return Document(text.encode(encoding))
