"""Layers as large as real ones, for tests."""

from docs_tools.model.document import parse_document
from docs_tools.model.facts import validate
from docs_tools.model.layers import Layers

REGIONS = """
    af-south-1 ap-east-1 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2
    ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ca-central-1 ca-west-1
    eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3
    il-central-1 me-central-1 me-south-1 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2
""".split()  # noqa: SIM905 - read more easily than a list of 29 lines
RUNTIMES = ["python38", "python39", "python310", "python311", "python312"]

LARGE = f"""\
layers:
  - id: v3
    name: PythonV3-{{runtime}}-{{architecture}}
    account: "017000801446"
    architectures: [x86_64, arm64]
    runtimes: [{", ".join(RUNTIMES)}]
    regions: [{", ".join(REGIONS)}]
releases:
"""

MIXED = """\
layers:
  - id: v3
    name: PythonV3-{runtime}-{architecture}
    account: "017000801446"
    accounts: {aws-us-gov: "165087284144", us-gov-west-1: "165093116878", aws-cn: "111111111111"}
    architectures: [x86_64, arm64]
    runtimes: {python3.8: python38, python3.12: python312}
    regions: [eu-west-1, ca-west-1, us-gov-east-1, us-gov-west-1, cn-north-1]
    exclude:
      - {architectures: [arm64], runtimes: [python3.8], regions: [ca-west-1]}
"""


def read(text: str) -> Layers:
    return validate(Layers, parse_document(text, "layers.yml"))
