"""What hooks put into conversion and templates, each in its own way.

All of them read `facts.txt`; nothing of a page's own changes.
"""

import pytest

from tests.plugins.cache.equality.edits import Add, Write
from tests.plugins.cache.equality.law import Bench
from tests.plugins.cache.equality.traps import fenced

_READ = "from pathlib import Path\n\n\ndef {0}:\n    words = Path('facts.txt').read_text()\n"
_ENV = _READ.format("on_env(env, config, files)")
_BEFORE = _READ.format("on_pre_build(config)")
_CONFIG = _READ.format("on_config(config)")
_PATCH = "    real = {0}.{1}\n    {0}.{1} = lambda self, *args: {2}\n"

HOOKS = {
    "in a global of its own": _BEFORE + "    import fences\n    fences.WORDS = words\n",
    "in a variable": _BEFORE + "    import os\n    os.environ['WORDS'] = words\n",
    "in a function of settings": (
        _CONFIG + "    config.mdx_configs['toc'] = {'slugify': lambda text, _: text + words}\n"
        "    config.markdown_extensions.append('toc')\n"
    ),
    "in an extension": (
        _CONFIG + "    from markdown import Extension\n    from markdown.preprocessors import "
        "Preprocessor\n\n    class Words(Preprocessor):\n        def run(self, lines):\n"
        "            return [*lines, words]\n\n    class Own(Extension):\n"
        "        def extendMarkdown(self, md):\n"
        "            md.preprocessors.register(Words(md), 'words', 1)\n\n"
        "    config.markdown_extensions.append(Own())\n"
    ),
    "in the converter": (
        "import markdown\n"
        + _BEFORE
        + _PATCH.format("markdown.Markdown", "convert", "real(self, *args) + words")
    ),
    "in the page": (
        "from mkdocs.structure.pages import Page\n"
        + _BEFORE
        + _PATCH.format("Page", "render", "[real(self, *args), vars(self).update(content=words)]")
    ),
    "in another loader": (
        _ENV + "    import jinja2\n    text = '{% extends \"base.html\" %}{% block footer %}'\n"
        "    own = jinja2.DictLoader({'main.html': text + words + '{% endblock %}'})\n"
        "    env.loader = jinja2.ChoiceLoader([own, env.loader])\n"
    ),
    "in a filter": _ENV + "    env.filters['url'] = lambda url: f'{url}{words}'\n",
    "in another environment": (
        _ENV + "    return env.overlay(finalize=lambda value: f'{value}{words}')\n"
    ),
    "in objects": (
        _ENV + "    class Own:\n        def __str__(self):\n            return words\n\n"
        "    config.extra['own'] = Own()\n    for file in files.documentation_pages():\n"
        "        file.page.own = Own()\n"
    ),
    "in the context": (
        _READ.format("on_page_context(context, page, config, nav)")
        + "    context['own'] = lambda: words\n    page.title = words\n"
    ),
    "on other pages": (
        _ENV + "    count = sum(len(one.page.content) for one in files.documentation_pages())\n"
        "    for file in files.documentation_pages():\n"
        "        file.page.content += f'<h2 id=\"own\">{count} {words}</h2>'\n"
    ),
}


@pytest.mark.parametrize("how", HOOKS)
def test_a_page_follows_what_a_hook_puts(bench: Bench, how: str) -> None:
    fences = (
        "import os\n\nWORDS = ''\n\n\ndef draw(source, *_, **__):\n"
        "    return WORDS + os.environ.get('WORDS', '')\n"
    )
    footer = "{{ page.own }}{{ config.extra.own }}{{ own() if own else '' }}"
    main = '{% extends "base.html" %}\n{% block footer %}' + footer + "{% endblock %}\n"
    state = fenced(
        {"extensions/fences.py": fences, "hook.py": HOOKS[how], "overrides/main.html": main},
        hooks=["hook.py"],
        theme={"name": "mkdocs", "custom_dir": "overrides"},
    )
    bench.check(state, [Write("facts.txt", "two"), Add("docs/b.md", "More.")])
    site = bench.top / "remembered"
    texts = [path.read_text("utf-8") for path in site.rglob("*.html")]
    assert any("two" in text for text in texts), "the hook puts it nowhere"
