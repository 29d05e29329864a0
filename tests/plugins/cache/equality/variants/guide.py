"""Material with what a guide uses: snippets, icons, overrides, themes, search."""

from tests.plugins.cache.equality.state import Call, Name, State
from tests.plugins.cache.equality.variants import common
from tests.plugins.cache.equality.variants.variant import Variant

__all__ = ["GUIDE", "OVERRIDES"]

_SHOWN = [
    '{{ super() }}{% include "partials/own.html" ignore missing %}',
    "{% for p in pages %}{{ p.page.title }}{{ p.page.toc | length }}{% endfor %}",
    "{{ page.meta.made }} {{ page.content | length }} {{ build_date_utc }}",
    "{% for item in nav %}{{ item.title }}{{ item.active }}{% endfor %}{{ nav.pages[0].content }}",
    "{{ unknown.name }}",
    "{{ nav.pages | map(attribute='content') | map('length') | list }}",
    "{{ page.previous_page.title }} {{ page.next_page.meta }} {{ page.ancestors | length }}",
    "{% for p in nav.pages %}{{ p.present_anchor_ids | sort if p.present_anchor_ids }}{% endfor %}",
    "{% set _ = page.meta.update({'x': 1}) %}{% for p in nav.pages %}{{ p.meta }}{% endfor %}",
    "{{ config.strict }} {{ config.validation }} {{ page.file.abs_src_path }} {{ page.edit_url }}",
    "{% set _ = config.nav.append(page.title) if config.nav %}{{ config.nav | length }}",
]
"""What a template may show of a page, of others and of the site."""

OVERRIDES: dict[str, list[str | bytes]] = {
    "overrides/main.html": [
        '{% extends "base.html" %}\n',
        '{% extends "base.html" %}\n{% block announce %}{{ config.extra.shown }}{% endblock %}\n',
        *(
            '{% extends "base.html" %}\n{% block footer %}' + shown + "{% endblock %}\n"
            for shown in _SHOWN
        ),
    ],
    "overrides/partials/own.html": ["<p>Own</p>\n", "<p>{{ page.title }} {{ page.meta }}</p>\n"],
    "overrides/partials/copyright.html": ["<p>{{ config.site_name }}</p>\n"],
    "overrides/special.html": [
        '{% extends "main.html" %}\n{% block content %}<b>{{ page.content }}</b>{% endblock %}\n',
        "<title>{{ page.title }}</title>{{ page.next_page.title }}\n",
    ],
    "overrides/404.html": ['{% extends "main.html" %}\n'],
    "overrides/assets/own.css": ["p { margin: 0 }\n", "p { margin: 1px }\n"],
    "overrides/.icons/own/dot.svg": ['<svg><path d="M0 0"/></svg>', '<svg><path d="M1 1"/></svg>'],
    "overrides/.icons/material/heart.svg": ['<svg><path d="M2 2"/></svg>'],
}

GUIDE = Variant(
    State(
        common.PAGES,
        {
            "overrides/main.html": '{% extends "base.html" %}\n',
            "overrides/.icons/own/dot.svg": '<svg><path d="M3 3"/></svg>',
            "snippets/one.md": "One *snippet*.\n",
            "snippets/words.md": "*[HTML]: the language of pages\n",
            "docs/img/dot.gif": common.DOT,
        },
        {
            "site_name": "Guide",
            "theme": {"name": "material", "custom_dir": "overrides", "font": False},
            "plugins": {"search": {}},
            "markdown_extensions": {
                **common.EXTENSIONS,
                **common.PYMDOWNX,
                "pymdownx.snippets": {
                    "base_path": [".", "snippets"],
                    "auto_append": ["snippets/words.md"],
                },
                "pymdownx.emoji": {
                    "emoji_index": Name("material.extensions.emoji.twemoji"),
                    "emoji_generator": Name("material.extensions.emoji.to_svg"),
                    "options": {"custom_icons": ["overrides/.icons"]},
                },
            },
        },
    ),
    [
        *common.BLOCKS,
        '--8<-- "one.md"',
        '--8<-- "two.md"',
        '--8<-- "one.md:part"',
        '--8<-- "snippets/code.py:2:3"',
        '```python\n--8<-- "code.py"\n```',
        "--8<--\none.md\n\ntwo.md\n--8<--",
        '--8<-- "docs/a.md"',
        ":own-dot: and :material-heart: and :smile: and :gone-icon:",
        "=== \"One\"\n\n    Text\n\n=== \"Two\"\n\n    ```bash\n    ls\n    ```",
        "??? tip\n    [folded](a.md)",
        "``` mermaid\ngraph LR\n  A --> B\n```",
        "``` { .python .annotate }\nx = 1  # (1)\n```\n\n1.  A note on :own-dot:",
    ],
    common.FRONTS,
    {
        **OVERRIDES,
        "snippets/one.md": ["Two *snippets*.\n", '--8<-- "two.md"\n', "## Section\n", "",
                            "<!-- --8<-- [start:part] -->\npart\n<!-- --8<-- [end:part] -->\n"],
        "snippets/two.md": ["The second.\n", "## Other\n", '--8<-- "one.md"\n'],
        "snippets/code.py": ["a = 1\nb = 2\nc = 3\n", "a = 2\n"],
        "snippets/words.md": ["*[HTML]: another\n*[Text]: letters\n", ""],
        "docs/extra.css": ["a { color: red }\n", "a { color: green }\n"],
        "docs/img/dot.gif": [common.WIDE],
        "docs/file.txt": ["a file\n"],
        "docs/raw.md": [b"\xef\xbb\xbf---\r\ntitle: Raw\r\n---\r\n# A mark\r\n", b"# \xff\n",
                        "---\ntitle: [\n---\n\n## Wrong\n", "---\ndate: 2024-01-01\n---\n", ""],
        "docs/own.html": ["{{ config.site_name }} {{ nav | length }} {{ base_url }}\n"],
        "base.yml": ["copyright: Base\n", "extra: {shown: base}\nsite_author: Ann\n",
                     "site_author: !ENV [EDITION, none]\nremote_name: upstream\n"],
        "docs/sitemap.xml": ["<own/>\n"],
    },
    {
        **common.SETTINGS,
        ("theme", "features"): [["navigation.tabs", "toc.integrate"], ["navigation.indexes"],
                                ["navigation.instant", "content.code.copy"], None],
        ("INHERIT",): ["base.yml", None],
        ("extra_templates",): [["own.html"], None],
        ("markdown_extensions", "pymdownx.b64"): [{"base_path": "docs"}, None],
        ("theme", "language"): ["de", "en"],
        ("theme", "palette"): [{"scheme": "slate"}, None],
        ("theme", "icon"): [{"logo": "own/dot"}, {"admonition": {"note": "own/dot"}}, None],
        ("theme", "static_templates"): [["special.html"], None],
        ("plugins", "search"): [{}, {"lang": "de"}, {"separator": "x"}, None],
        ("markdown_extensions", "pymdownx.snippets", "check_paths"): [True, None],
        ("markdown_extensions", "pymdownx.snippets", "auto_append"): [["snippets/one.md"], None],
        ("markdown_extensions", "pymdownx.highlight"): [
            {"linenums": True}, {"anchor_linenums": True, "linenums": True}, {}],
        ("markdown_extensions", "pymdownx.superfences"): [
            {"custom_fences": [{"name": "mermaid", "class": "mermaid",
                                "format": Name("pymdownx.superfences.fence_code_format")}]}, {}],
        ("markdown_extensions", "abbr"): [{}, None],
        ("markdown_extensions", "pymdownx.tabbed"): [
            {"alternate_style": True}, {"alternate_style": True, "slugify":
             Call("pymdownx.slugs.slugify", {"case": "lower"})}, {}],
    },
    {"EDITION": ["one", None]},
    new=["docs/new.md", "docs/sub/index.md", "docs/README.md", "docs/sub/ein ä.md"],
    moves={"snippets/one.md": "snippets/two.md", "snippets/two.md": "snippets/one.md",
           "docs/img/dot.gif": "docs/img/gone.gif", "docs/img/gone.gif": "docs/img/dot.gif"},
)  # fmt: skip
