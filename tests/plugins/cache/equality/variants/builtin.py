"""Material's own plugins: blog, tags, meta, group, typeset, offline and search.

Those that need a network or other programs (social, privacy, optimize, info), and `projects`,
which builds other sites in processes of its own, are left out.
"""

import datetime
from typing import Any

from tests.plugins.cache.equality.state import Page, State
from tests.plugins.cache.equality.variants import common, guide
from tests.plugins.cache.equality.variants.variant import Variant

__all__ = ["BUILTIN"]


def _post(day: int, *blocks: str, **front: Any) -> Page:
    written = {"date": datetime.date(2024, 1, day), **front}
    return Page((*blocks, "<!-- more -->", "The rest."), written)


_AUTHORS = "authors:\n  ann:\n    name: {0}\n    description: Writes\n    avatar: dot.gif\n"

BUILTIN = Variant(
    State(
        {
            "docs/index.md": common.PAGES["docs/index.md"],
            "docs/a.md": common.PAGES["docs/a.md"],
            "docs/sub/b.md": common.PAGES["docs/sub/b.md"],
            "docs/tags.md": Page(("# Tags", "<!-- material/tags -->")),
            "docs/blog/index.md": Page(("# Blog",)),
            "docs/blog/posts/one.md": _post(1, "# One", "[a](../../a.md)", categories=["x"]),
            "docs/blog/posts/two.md": _post(2, "# Two", "Words.", tags=["x"], authors=["ann"]),
        },
        {
            "docs/blog/.authors.yml": _AUTHORS.format("Ann"),
            "docs/sub/.meta.yml": "tags: [z]\n",
            "overrides/main.html": '{% extends "base.html" %}\n',
        },
        {
            "site_name": "Builtin",
            "theme": {"name": "material", "custom_dir": "overrides", "font": False},
            "plugins": {"search": {}, "tags": {}, "blog": {}, "meta": {}},
            "markdown_extensions": {**common.EXTENSIONS, **common.PYMDOWNX},
        },
    ),
    [*common.BLOCKS, "<!-- material/tags -->", "<!-- material/tags { scope: true } -->",
     "<!-- material/tags { include: [x] } -->", "<!-- more -->", "[post](blog/posts/one.md)"],
    {
        **common.FRONTS,
        "tags": [["x"], ["y", "x"], ["y/z"], [], None],
        "date": [datetime.date(2024, 2, 3), datetime.date(2023, 2, 3), None],
        "categories": [["x"], ["y", "x"], None],
        "authors": [["ann"], ["bob"], None],
        "draft": [True, None],
        "pin": [True, None],
        "slug": ["named", None],
        "readtime": [7, None],
        "links": [["a.md", {"Sub": ["sub/b.md"]}], None],
    },
    {
        "docs/blog/.authors.yml": [_AUTHORS.format("Anna"), _AUTHORS.replace("ann:", "bob:")],
        "docs/sub/.meta.yml": ["tags: [w]\nmade: a\n", "title: Given\n", "status: new\n"],
        "docs/.meta.yml": ["hide: [toc]\n", "description: All\n"],
        "overrides/main.html": guide.OVERRIDES["overrides/main.html"],
        "overrides/blog-post.html": ['{% extends "main.html" %}\n{% block content %}{{ page.content'
                                     " }}{{ page.config.readtime }}{% endblock %}\n"],
        "overrides/fragments/tags/default/listing.html": ["<ul>{{ listing.tags | length }}</ul>\n"],
    },
    {
        **common.SETTINGS,
        ("plugins", "tags"): [{"tags_hierarchy": True}, {"tags_allowed": ["x", "y"]}, {}, None,
                              {"shadow": True, "shadow_tags": ["x"]},
                              {"listings_toc": False, "tags_sort_reverse": True}],
        ("plugins", "blog"): [{"archive": False}, {"pagination_per_page": 1}, {"blog_toc": True},
                              {"authors_profiles": True}, {"post_excerpt": "required"},
                              {"post_url_format": "{slug}", "draft": True}, {}, None],
        ("plugins", "meta"): [None, {}],
        ("plugins", "offline"): [{}, None],
        ("plugins", "typeset"): [{}, None],
        ("plugins", "group"): [{"enabled": True, "plugins": {"offline": {}, "typeset": {}}}, None],
        ("plugins", "search"): [{}, {"lang": "de"}, None],
        ("extra", "tags"): [{"x": "ex"}, None],
    },
    new=["docs/new.md", "docs/blog/posts/new.md"],
    renders=True,  # the blog has a filter of its own in place of `url`
    moves={"docs/.meta.yml": "docs/blog/.meta.yml", "docs/sub/.meta.yml": "docs/.meta.yml"},
)  # fmt: skip
