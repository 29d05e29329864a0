"""Data files shown by directives, layer numbers inserted into pages, and versions."""

from tests.plugins.cache.equality.state import Page, State
from tests.plugins.cache.equality.variants import common
from tests.plugins.cache.equality.variants.variant import Variant

__all__ = ["HANDBOOK"]

_ARN = "arn:aws:lambda:eu-west-1:111122223333:layer:Tiny"
_LABELS = """\
labels:
  - {{name: bug, usage: {0}, group: kind}}
  - {{name: size/XS, usage: small}}
"""
_PEOPLE = """\
project: {{name: {0}, repository: ann/site}}
active:
  - {{name: Ann, github: ann}}
"""
_LAYERS = """\
layers:
  - id: tiny
    name: Tiny
    account: '111122223333'
    architectures: {{x86_64: ''}}
    regions: [eu-west-1]
releases:
  - {{version: '1.0.0', layer: tiny, number: {0}}}
  - {{version: '2.0.0', layer: tiny, number: 20}}
"""
_RELEASE = """\
title: Release
sections:
  - name: Build
    jobs:
      - {{id: test, name: Test, duration: {0}}}
      - {{id: build, name: Build, duration: 39s}}
milestones:
  - {{id: out, name: Released, after: [build]}}
"""
_SOURCE = '"""Stores."""\n\n\nclass Store:\n    """One."""\n\n    def {0}(self) -> None: ...\n'

HANDBOOK = Variant(
    State(
        {
            **common.PAGES,
            "docs/people.md": Page(("# People", "<!-- docs_tools/maintainers -->")),
            "docs/labels.md": Page(("# Labels", "<!-- docs_tools/labels -->")),
            "docs/layers.md": Page(("# Layers", "<!-- docs_tools/layers -->", f"`{_ARN}:1`")),
        },
        {
            "docs/data/labels.yml": _LABELS.format("broken"),
            "docs/data/maintainers.yml": _PEOPLE.format("Site"),
            "docs/data/layers.yml": _LAYERS.format(10),
            "docs/data/release.yml": _RELEASE.format("2m"),
            "src/toolbox.py": _SOURCE.format("put"),
        },
        {
            "site_name": "Handbook",
            "theme": {"name": "material", "font": False},
            "plugins": {
                "search": {},
                "docs_tools/handbook": {"diagrams": "client"},
                "docs_tools/layers": {},
            },
            "markdown_extensions": {**common.EXTENSIONS, **common.PYMDOWNX},
        },
    ),
    [*common.BLOCKS[:20],
     "<!-- docs_tools/labels { group: kind } -->", "A <!-- docs_tools/labels { name: bug } -->.",
     "<!-- docs_tools/maintainers { columns: [github] } -->", "<!-- docs_tools/gantt -->",
     "<!-- docs_tools/flowchart { direction: LR } -->",
     "<!-- docs_tools/layers { version: '1.0.0' } -->",
     "In <!-- docs_tools/fact { path: project.name } -->.",
     "For <!-- docs_tools/fact { path: release.total } -->.",
     "<!-- docs_tools/tree { path: src } -->",
     "<!-- docs_tools/class-diagram { class: toolbox.Store } -->",
     "<!-- docs_tools/labels { name: gone } -->", "<!-- docs_tools/nothing -->",
     f"```yaml\nLayers: [{_ARN}:3]\n```", f'--8<-- "examples/sam.yml"\n\n{_ARN}:7',
     '```yaml\n--8<-- "examples/sam.yml"\n```', "```\n<!-- docs_tools/labels -->\n```"],
    {key: common.FRONTS[key] for key in ("title", "template", "search", "hide")},
    {
        "docs/data/labels.yml": [_LABELS.format("odd <b> | c"), _LABELS.format("'*wrong*'"),
                                 "labels: x\n"],
        "docs/data/maintainers.yml": [_PEOPLE.format("Other"),
                                      _PEOPLE.replace("Ann,", "Bob,").format("x")],
        "docs/data/layers.yml": [_LAYERS.format(11), _LAYERS.format(10).replace("20}", "21}")],
        "docs/data/release.yml": [_RELEASE.format("3m"), _RELEASE.format("x")],
        "examples/sam.yml": [f"Layers: {_ARN}:5\n", f"Layers: {_ARN}:6\nMore: [{_ARN}:1]\n"],
        "src/toolbox.py": [_SOURCE.format("get"), _SOURCE.replace("Store", "Shop").format("put")],
        "src/other.py": ["from toolbox import Store\n\n\nclass Disk(Store): ...\n"],
        "layers.txt": [f"{_ARN}:33\n", f"{_ARN}:34\n"],
    },
    {
        **common.SETTINGS,
        ("plugins", "docs_tools/handbook"): [{"diagrams": "client"}, {"data": "facts"}, None],
        ("plugins", "docs_tools/layers"): [
            {}, {"source": "layers.txt"}, {"insert": ["docs/*.md"]}, {"keep": ["docs/a.md"]},
            {"insert": ["examples/**"]}, None],
        ("plugins", "mike"): [{"canonical_version": "latest"}, {}, None],
        ("plugins", "docs_tools/publish"): [{}, None],
    },
    {"MIKE_DOCS_VERSION": ["1.0.0", "2.0.0", "3.0.0", None]},
    new=["docs/new.md"],
    moves={"docs/data/labels.yml": "facts/labels.yml", "docs/data/layers.yml": "facts/layers.yml"},
)  # fmt: skip
