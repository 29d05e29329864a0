"""Lists of versions, and settings of a project, for what is made from them."""

import json
from typing import Any

from docs_tools.publish.settings import PublishSettings
from docs_tools.publish.versions.list import Versions

SITE = "https://docs.example.com/lib/"


def entry(version: str, *aliases: str, title: str | None = None, **properties: Any) -> Any:
    made: dict[str, Any] = {"version": version, "title": title or version, "aliases": list(aliases)}
    return {**made, "properties": properties} if properties else made


def versions(*entries: Any) -> Versions:
    return Versions.loads(json.dumps(entries), "versions.json")


def project(prefix: str = "", **changes: Any) -> PublishSettings:
    return PublishSettings(
        branch="gh-pages",
        remote="origin",
        prefix=prefix,
        alias_type="copy",
        redirect_template=None,
        push=False,
        listed=True,
        **{"site_url": SITE, **changes},
    )
