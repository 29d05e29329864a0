"""What a template shows is compared, or noticed when it is shown: then its page is made again."""

import textwrap

import pytest

from tests.plugins.cache.builds import PAGES, Built, Site, rebuilt, text

EPOCH = "SOURCE_DATE_EPOCH"


def with_footer(site: Site, template: str, hook: str = "") -> Site:
    """A site whose pages show something below themselves, and a hook that may give it to them."""
    folder = str(site.root / "overrides")
    site.settings["theme"] = {"name": "mkdocs", "custom_dir": folder}
    block = "{% block footer %}[" + template + "]{% endblock %}"
    site.write("overrides/main.html", '{% extends "base.html" %}' + block)
    if hook:
        site.write("hook.py", textwrap.dedent(hook))
        site.settings["hooks"] = ["hook.py"]
    return site.create()


def footer(site: Site, number: int) -> str:
    return (
        text(site, f"p{number}/index.html")
        .partition("<footer")[2]
        .partition("[")[2]
        .partition("]")[0]
    )


def doubts(built: Built) -> set[str]:
    """Why pages were only templated again; all were."""
    assert built.counts.converted == 0
    assert len(built.explained) == PAGES
    return {
        why.removeprefix("only its template: never remembered: ")
        for why in built.explained.values()
    }


SHOWN = {
    "{% for p in pages %}{{ p.page.content|length }} {% endfor %}":
        "shows what stands on other pages",
    "{% for p in pages %}{{ p.page['markdown'] }}{% endfor %}": "shows what stands on other pages",
    "{% for p in pages %}{% for a in p.page.toc %}{{ a.title }}{% endfor %}{% endfor %}":
        "shows what stands on other pages",
    "{{ pages|map(attribute='page.content')|map('length')|list }}":
        "shows what stands on other pages",
    "{{ pages|map(attribute='page')|map('attr', 'content')|map('length')|list }}":
        "shows what stands on other pages",
    "{{ (pages|last).page|attr('content')|length }}{{ (pages|first).page|attr('content')|length }}":
        "shows what stands on other pages",
    "{{ config.plugins.get('docs_tools/cache').counts }}":
        "shows `counts` of the plugin CachePlugin",
    "{{ config.dev_addr }}": "shows `dev_addr` of the configuration",
    "{{ config['site_dir'] and 1 }}": "shows `site_dir` of the configuration",
    "{{ page.file.abs_src_path }}": "shows a path of this machine",
    "{{ [1, 2, 3]|random }}": "uses `random`, which can't be told to do the same each time",
    "{{ ['a']|map('random')|list }}":
        "uses `random`, which can't be told to do the same each time",
    "{{ lipsum(1) }}": "uses `lipsum`, which a plugin gives to templates",
    "{{ build_date_utc }}": "shows the time of the build",
    "{{ build_date_utc.strftime('%H') }}": "shows the time of the build",
    "{{ 'at %s'|format(build_date_utc) }}": "shows the time of the build",
    "{{ 'at ' ~ build_date_utc }}": "shows the time of the build",
    "{% if build_date_utc > build_date_utc %}later{% endif %}": "shows the time of the build",
}  # fmt: skip


@pytest.mark.parametrize("template", SHOWN)
def test_what_is_not_compared_is_noticed(empty_site: Site, template: str) -> None:
    site = with_footer(empty_site, template)
    site.build()
    assert doubts(site.build()) - {"shows the time of the build"} <= {SHOWN[template]}
    assert SHOWN[template] in doubts(site.build())


def test_what_a_template_changes_for_others_is_no_longer_compared(empty_site: Site) -> None:
    site = with_footer(empty_site, "{{ config.extra.update({'a': 1}) }}")
    site.build()
    first, *others = site.build().explained.values()
    assert first == "only its template: never remembered: changes what other pages may show"
    assert set(others) == {"only its template: what pages show was changed by a template"}


@pytest.mark.parametrize("template", [
    "{{ page.content|length }} {{ page.toc|length }} {{ page.meta }} {{ page.title }}",
    "{% for p in pages %}{{ p.url }} {{ p.page.title }} {{ p.page.meta }}{% endfor %}",
    "{% for item in nav %}{{ item.title }}{{ item.active }}{% endfor %}",
    "{{ page.previous_page.title }} {{ page.next_page.url }} {{ page.ancestors|length }}",
    "{{ config.site_name }} {{ config.theme.name }} {{ config.extra }}",
    "{{ config.plugins.get('search').config.lang }} {{ 'search' in config.plugins }}",
    "{% if build_date_utc is defined and false %}{{ build_date_utc }}{% endif %}",
    "{% set a = [] %}{% for i in [1] %}{{ a.append(i) or '' }}{% endfor %}{{ a }}",
    "{% if 1 is eq 1 %}{{ 'nav'|upper }}{{ 'p1/'|url }}{{ config|length and 1 }}{% endif %}",
    "{% include 'content.html' %}", "{{ range(3)|list }}{{ namespace(a=1).a }}",
])  # fmt: skip
def test_what_pages_usually_show_is_compared_and_remembered(
    empty_site: Site, template: str
) -> None:
    empty_site.settings["plugins"] = ["search", "docs_tools/cache"]
    site = with_footer(empty_site, template)
    site.build_checked()
    assert site.build_checked().explained == {}
    site.append("docs/p3.md")
    assert site.build_checked().made[:2] == (1, 1)
    site.write("docs/p4.md", "---\nsubtitle: New\n---\n# New title\n\n## Code\n")
    built = site.build_checked()
    assert built.made[:2] == (1, PAGES)


def test_other_pages_content_is_shown_as_it_is(empty_site: Site) -> None:
    site = with_footer(empty_site, "{% for p in pages %}{{ p.page.content|length }} {% endfor %}")
    site.build_checked()
    site.append("docs/p3.md")
    assert site.build_checked().made[:2] == (1, PAGES)


def test_the_time_that_is_given_is_remembered(
    empty_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = with_footer(empty_site, "{{ build_date_utc }}")
    monkeypatch.setenv(EPOCH, "86400")
    site.build_checked()
    assert footer(site, 3) == "1970-01-02 00:00:00+00:00"
    assert site.build_checked().explained == {}
    monkeypatch.setenv(EPOCH, "172800")
    assert site.build_checked().made[:2] == (0, PAGES)
    assert footer(site, 3) == "1970-01-03 00:00:00+00:00"


def test_the_home_page_of_mkdocs_own_theme_shows_the_time_and_no_other_page(site: Site) -> None:
    site.write("docs/index.md", "# Home\n")
    site.build()
    built = site.build()
    why = "only its template: never remembered: shows the time of the build"
    assert rebuilt(built, "index.md") == [why]


def test_the_day_of_a_page_is_that_of_the_build(
    empty_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = with_footer(empty_site, "{{ page.update_date }}")
    for seconds, day in (
        ("86400", "1970-01-02"),
        ("172800", "1970-01-03"),
        ("86400", "1970-01-02"),
    ):
        monkeypatch.setenv(EPOCH, seconds)
        site.build_checked()
        assert footer(site, 3) == day
    assert site.build_checked().explained == {}


class TestHooks:
    """What a hook gives to templates is compared, or makes all pages again."""

    @pytest.mark.parametrize(("template", "setup", "why"), [
        ("{{ 'a'|stamp }}", "env.filters['stamp'] = lambda value: value + VALUE",
         "uses `stamp`, which can't be told to do the same each time"),
        ("{{ ['a']|map('stamp')|list }}", "env.filters['stamp'] = lambda value: value + VALUE",
         "uses `stamp`, which can't be told to do the same each time"),
        ("{% if 'a' is stamped %}{% endif %}", "env.tests['stamped'] = lambda value: True",
         "uses `stamped`, which can't be told to do the same each time"),
        ("{{ stamp() }}", "env.globals['stamp'] = lambda: VALUE",
         "uses `stamp`, which a plugin gives to templates"),
        ("{{ stamp }}", "env.globals['stamp'] = VALUE",
         "uses `stamp`, which a plugin gives to templates"),
        ("{{ 'a'|stamp('b') }}", "env.filters['stamp'] = {'a': VALUE}.get",
         "uses `stamp`, which can't be told to do the same each time"),
    ])  # fmt: skip
    def test_functions_of_a_hook(
        self, empty_site: Site, template: str, setup: str, why: str
    ) -> None:
        hook = f"""
            VALUE = "first"
            def on_env(env, config, files):
                {setup}
        """
        site = with_footer(empty_site, template, hook)
        site.build_checked()
        assert doubts(site.build_checked()) == {why}

    def test_a_function_of_a_hook_that_is_not_used(self, empty_site: Site) -> None:
        hook = """
            def on_env(env, config, files):
                env.filters["stamp"] = lambda value: value
                env.globals["stamp"] = object()
                env.tests["stamp"] = callable
        """
        site = with_footer(empty_site, "{{ page.title }}", hook)
        site.build()
        assert site.build_checked().explained == {}

    @pytest.mark.parametrize("decorator", ["pass_context", "pass_eval_context", "pass_environment"])
    def test_a_filter_gets_what_it_asks_for(self, empty_site: Site, decorator: str) -> None:
        hook = f"""
            import jinja2
            @jinja2.{decorator}
            def stamp(given, value, *more, **options):
                return f"{{type(given).__name__[-7:]}} {{value}} {{more}} {{options}}"
            def on_env(env, config, files):
                env.filters["stamp"] = env.tests["stamped"] = stamp
            def on_page_context(context, page, config, nav):
                context["made"] = 1
        """
        template = "{{ 'a'|stamp(1, b=2) }}{% if 'a' is stamped %} yes{% endif %}"
        site = with_footer(empty_site, template, hook)
        site.build_plain()
        site.build()
        plain = (site.root / "plain/p3/index.html").read_text()
        shown = plain.partition("<footer")[2]
        assert " a (1,) {&#39;b&#39;: 2} yes" in shown.replace("'", "&#39;")
        # the name of the context's class is the only thing that differs
        assert (
            footer(site, 3).partition(" ")[2]
            == shown.partition("[")[2].partition("]")[0].partition(" ")[2]
        )

    def test_a_filter_that_a_hook_calls_itself(self, empty_site: Site) -> None:
        hook = """
            ENV = []
            def on_env(env, config, files):
                env.filters["stamp"] = lambda value: value + "!"
                ENV[:] = [env]
            def on_page_context(context, page, config, nav):
                context["made"] = ENV[0].filters["stamp"](page.title)
        """
        site = with_footer(empty_site, "{{ made }}", hook)
        site.build_checked()
        assert footer(site, 3) == "Page 3!"
        assert site.build_checked().explained == {}

    def test_what_a_hook_puts_into_the_context(self, empty_site: Site) -> None:
        hook = """
            from pathlib import Path
            def on_page_context(context, page, config, nav):
                context["given"] = {"text": Path(config.docs_dir, "../given.txt").read_text()}
        """
        empty_site.write("given.txt", "first")
        site = with_footer(empty_site, "{{ given.text }}", hook)
        site.build_checked()
        assert site.build_checked().explained == {}
        site.write("given.txt", "second")
        assert set(site.build_checked().explained.values()) == {
            "only its template: what plugins give its template changed"
        }
        assert footer(site, 3) == "second"

    def test_what_a_hook_puts_into_the_context_and_nobody_can_compare(
        self, empty_site: Site
    ) -> None:
        hook = """
            def on_page_context(context, page, config, nav):
                context["given"] = lambda: page.title
        """
        site = with_footer(empty_site, "{{ given() }}", hook)
        site.build_checked()
        assert doubts(site.build_checked()) == {
            "shows `given`, which can't be compared: "
            "hook.py.<lambda>, which can't be found by its name"
        }
        site.write("overrides/main.html", '{% extends "base.html" %}')
        site.build_checked()
        assert site.build_checked().explained == {}, "it is no longer shown"

    @pytest.mark.parametrize("change", [
        "page.title = 'Title ' + page.content[-30:-20]",
        "page.meta['note'] = page.content[-30:-20]",
        "page.meta.setdefault('list', []).append(page.content[-30:-20])",
        "nav.pages[-1].title = page.content[-30:-20]",
        "nav.items[0].title = nav.pages[1].content[-30:-20]",
        "page.noted = page.content[-30:-20]",
        "nav.pages[0].__dict__.setdefault('noted', []).append(page.content[-30:-20])",
        "context['nav'] = nav.__class__(nav.items[:len(nav.pages[1].content) % 7], nav.pages)",
        "nav.items[:] = sorted(nav.items, key=lambda item: len(item.content))",
        "context['pages'] = sorted(context['pages'], key=lambda file: len(file.page.content))",
        "context['config'] = {**config, 'site_name': nav.pages[1].content[-30:-20]}",
    ])  # fmt: skip
    def test_a_hook_that_changes_what_is_shown_of_others_from_page_to_page(
        self, empty_site: Site, change: str
    ) -> None:
        hook = f"""
            def on_page_context(context, page, config, nav):
                {change}
        """
        shows = (
            "{% for p in pages %}{{ p.page.title }}{{ p.page.meta }}{{ p.page.noted }}{% endfor %}"
            "{{ config['site_name'] }}{% for item in nav %}{{ item.title }} {% endfor %}"
        )
        site = with_footer(empty_site, shows, hook)
        site.build_checked()
        for number in (1, 6, 1):
            site.append(
                f"docs/p{number}.md", f"\nSome entirely other words at the end of {number}.\n"
            )
            site.build_checked()

    @pytest.mark.parametrize(("setup", "why"), [
        ("env.loader = jinja2.ChoiceLoader([jinja2.DictLoader({}), env.loader])",
         "a plugin gives the theme other templates"),
        ("env.loader.searchpath.append('elsewhere')", "a plugin gives the theme other templates"),
        ("env.add_extension(Own)", "a plugin changes how templates work"),
        ("env.finalize = str", "a plugin changes how templates work"),
    ])  # fmt: skip
    def test_a_hook_that_changes_how_templates_work(
        self, empty_site: Site, setup: str, why: str
    ) -> None:
        hook = f"""
            import jinja2, jinja2.ext
            class Own(jinja2.ext.Extension):
                tags = {{"own"}}
            def on_env(env, config, files):
                {setup}
        """
        site = with_footer(empty_site, "{{ page.title }}", hook)
        site.build_checked()
        built = site.build_checked()
        assert set(built.explained.values()) == {f"only its template: {why}"}


def test_static_templates_are_made_and_remembered_too(empty_site: Site) -> None:
    site = with_footer(empty_site, "{{ page.title }}")
    site.write("overrides/own.html", "{{ config.site_name }} {{ nav|length }}")
    site.settings["theme"]["static_templates"] = ["own.html"]
    site.build_checked()
    assert text(site, "own.html") == f"Site {PAGES}"
    site.settings["site_name"] = "Other"
    site.build_checked()
    assert text(site, "own.html") == f"Other {PAGES}"
    site.write("docs/new.md", "# New\n")
    site.build_checked()
    assert text(site, "own.html") == f"Other {PAGES + 1}"


def test_a_template_that_is_chosen_by_the_page(empty_site: Site) -> None:
    site = with_footer(empty_site, "main")
    site.write(
        "overrides/other.html", '{% extends "base.html" %}{% block footer %}other{% endblock %}'
    )
    site.build_checked()
    site.write("docs/p3.md", "---\ntemplate: other.html\n---\n# Page 3\n\n## Code\n")
    site.build_checked()
    assert "other" in text(site, "p3/index.html")
    (site.root / "overrides/other.html").unlink()
    with pytest.raises(Exception, match="other"):
        site.build()


def test_a_template_that_fails_fails_each_time(empty_site: Site) -> None:
    site = with_footer(empty_site, "{{ page.title }}")
    site.build()
    site.write("overrides/main.html", "{{ page.title.no.such }}")
    for _ in range(2):
        with pytest.raises(Exception, match="no attribute 'no'"):
            site.build()
    site.write("overrides/main.html", '{% extends "base.html" %}')
    site.build_checked()
