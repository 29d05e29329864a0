"""A small project whose layers and bucket are those of a deployed stack."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docs_tools.model.arn import LayerArn
from tests.project import TinyProject


def build_layer_data(arn: str, name: str, **more: Any) -> str:
    """The data file of a layer.

    Args:
        arn: One version of it, for account and region.
        name: Its name, with placeholders.
        more: What else the layer has, such as its architectures.
    """
    found = LayerArn.parse(arn)
    layer = {"id": "tiny", "name": name, "account": found.account, "regions": [found.region]}
    # JSON is YAML too
    return json.dumps({"layers": [{**layer, **more}], "releases": []}, indent=2) + "\n"


def build_project(
    folder: Path, layers: str | None = None, page: str = "", s3: Mapping[str, Any] | None = None
) -> TinyProject:
    """A project with one page.

    Args:
        folder: Where it is made.
        layers: The data file with the layers.
        page: What stands on the page.
        s3: The settings of a bucket that it is published to.
    """
    plugins: list[Any] = ["search", "docs_tools/handbook"]
    files = {"docs/index.md": f"# Tiny\n\n{page}\n", ".gitignore": "site/\n"}
    if layers is not None:
        files["docs/data/layers.yml"] = layers
        plugins.append({"docs_tools/layers": {"insert": ["docs/**/*.md"]}})
    plugins.append({"docs_tools/publish": {"targets": {"s3": dict(s3)}} if s3 else {}})
    config = {"site_name": "Tiny", "theme": {"name": "mkdocs"}, "plugins": plugins}
    files["mkdocs.yml"] = json.dumps(config, indent=2) + "\n"
    return TinyProject(folder).create(files)
