"""`mkdocs.yml` of a project, and the theme's own files."""

import json
from typing import Any

from bench.sites.outline import PACKAGE, Shape

__all__ = ["configuration", "theme_files"]

_HEAD = """\
site_name: Toolkit
site_url: https://docs.example.com/toolkit/
site_description: Tools for functions
repo_url: https://github.com/example/toolkit
edit_uri: edit/main/docs
copyright: Nobody in particular

theme:
  name: material
  custom_dir: overrides
  font: false
  palette:
    - scheme: default
      primary: deep purple
      accent: amber
      toggle: {icon: material/lightbulb, name: Switch to dark mode}
    - scheme: slate
      primary: indigo
      accent: teal
      toggle: {icon: material/lightbulb-outline, name: Switch to light mode}
  features:
    - header.autohide
    - navigation.tabs
    - navigation.sections
    - navigation.top
    - navigation.tracking
    - navigation.indexes
    - navigation.footer
    - navigation.prune
    - search.highlight
    - search.share
    - search.suggest
    - content.code.annotate
    - content.code.copy
    - content.tabs.link
    - toc.follow
    - announce.dismiss

extra:
  generator: false
  version: {provider: mike, default: latest}
extra_css: [stylesheets/extra.css]
extra_javascript: [javascript/extra.js]

validation:
  omitted_files: warn
  anchors: warn
  unrecognized_links: warn

markdown_extensions:
  - admonition
  - abbr
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - tables
  - toc: {permalink: true, toc_depth: 4}
  - pymdownx.details
  - pymdownx.highlight: {anchor_linenums: true}
  - pymdownx.inlinehilite
  - pymdownx.snippets: {base_path: ["."], check_paths: true}
  - pymdownx.superfences
  - pymdownx.tabbed: {alternate_style: true}
  - pymdownx.tasklist: {custom_checkbox: true}
"""

_PLUGINS = """\
plugins:
  - search
  - mike: {alias_type: copy, canonical_version: latest}
  - mkdocstrings:
      handlers:
        python:
          paths: [src]
          options:
            docstring_style: google
            members_order: source
            show_source: true
            show_signature_annotations: true
            separate_signature: true
            signature_crossrefs: true
            merge_init_into_class: true
            filters: ["!^_"]
"""

_THEME = {
    "overrides/main.html": (
        '{% extends "base.html" %}\n{% block announce %}\n'
        "  <strong>Version 2</strong> is out: {{ config.site_name }} has a new resolver.\n"
        "{% endblock %}\n"
    ),
    "docs/stylesheets/extra.css": ".md-typeset table { width: 100%; }\n",
    "docs/javascript/extra.js": 'document.documentElement.dataset.toolkit = "ready";\n',
    "docs/media/overview.svg": (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40">'
        '<rect width="50" height="30" x="5" y="5" fill="#7e56c2"/>'
        '<rect width="50" height="30" x="65" y="5" fill="#ffc105"/></svg>\n'
    ),
}


def configuration(shape: Shape, *, cache: bool) -> str:
    """`mkdocs.yml`.

    Args:
        shape: How large the project is.
        cache: Whether `docs_tools/cache` is listed.
    """
    plugins = _PLUGINS
    if shape.package:
        plugins += f"  - docs_tools/api: {{packages: [{PACKAGE}], paths: [src]}}\n"
    plugins += "  - docs_tools/publish\n" + "  - docs_tools/cache\n" * cache
    lines = [f"  - {json.dumps(entry)}" for entry in _navigation(shape)]
    return "\n".join([_HEAD, plugins, "nav:", *lines]) + "\n"


def theme_files() -> dict[str, str]:
    """A template, a stylesheet, a script and a picture by their paths."""
    return dict(_THEME)


def _navigation(shape: Shape) -> list[Any]:
    entries: list[Any] = [{"Home": "index.md"}]
    for title, sections in shape.tabs:
        inside = [{section.title: [page.path for page in section.pages]} for section in sections]
        entries.append(inside[0] if len(inside) == 1 else {title: inside})
    if shape.package:
        entries.append({"API reference": "api/"})
    return entries
