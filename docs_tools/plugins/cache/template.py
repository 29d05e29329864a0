"""Pages and static templates in their theme, remembered: in place of `template.render`."""

import os
from collections import UserDict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from docs_tools.build.memory.digest import Uncertain, digest_of, digest_text
from docs_tools.build.memory.recall import Recall
from docs_tools.build.memory.store import Entry
from docs_tools.build.memory.trace import Inputs, Trace
from docs_tools.build.memory.watch import Watcher, value_of
from docs_tools.plugins.cache.build_time import noticed_time
from docs_tools.plugins.cache.jinja import SeenByTemplate, changed_by_plugin, watch_environment
from docs_tools.plugins.cache.known import engine_object
from docs_tools.plugins.cache.own_place import shows_place
from docs_tools.plugins.cache.shown_site import ShownSite
from docs_tools.plugins.cache.side_by_side import SideBySide
from docs_tools.plugins.cache.steps import pages_of, templating
from docs_tools.plugins.cache.texts import PageTexts

__all__ = ["Templates"]

_TIME, _DAYS = "time:", "days:"
_EPOCH = "SOURCE_DATE_EPOCH"
# what MkDocs gives every template; the site's own is compared once
_SITE = frozenset({"nav", "pages", "config", "page", "build_date_utc"})
# told by the position in the navigation, or made anew in each build
_NOT_OWN = frozenset(
    {"parent", "previous_page", "next_page", "file", "render", "update_date", "links_to_anchors",
     "present_anchor_ids", "content", "markdown", "_Page__active"}
)  # fmt: skip


@dataclass
class Templates:
    """Renders the templates of one build, or remembers what came out.

    Attributes:
        recall: What was rendered before.
        watcher: What sees which files are read meanwhile.
        trace: What pages were made from.
        site: What all pages depend on: digests by what they are called in messages.
        doubt: Why nothing can be remembered, if so.
        config: The configuration.
        files: The files of the site.
        shown: What templates show of it.
        side_by_side: What renders templates in other processes.
        texts: What is told of the digests of texts.
        reasons: Why each page was rendered, of those that were, by its source.
        recalled: How many were not.
        indexed_by_children: Pages that other processes have read for the search index.
    """

    recall: Recall
    watcher: Watcher
    trace: Trace
    site: Mapping[str, str]
    doubt: str | None
    config: MkDocsConfig
    files: Files
    shown: ShownSite
    side_by_side: SideBySide
    texts: PageTexts
    reasons: dict[str, str] = field(default_factory=dict)
    recalled: int = 0
    indexed_by_children: frozenset[str] = frozenset()
    _elsewhere: dict[str, str] = field(default_factory=dict)
    _days: str | None = None
    _now: SeenByTemplate | None = None
    _ids: frozenset[int] | None = None
    _env: jinja2.Environment | None = None

    def use(self, env: jinja2.Environment) -> None:
        """Has an environment give templates that remember to whoever asks for a whole one.

        They are compiled when they are rendered, and not before. Plugins that look at a static
        template get the real ones.
        """
        self._env = env
        watch_environment(env, lambda: self._now)
        self.doubt = self.doubt or changed_by_plugin(env, self.config.theme.dirs)
        original, loader = env.get_template, env.loader
        given: dict[str, _Template] = {}
        static = {*self.config.theme.static_templates, *self.config.extra_templates}
        looked_at = static if self.config.plugins.events["pre_template"] else set()

        def get_template(name: Any, parent: Any = None, globals: Any = None) -> Any:
            if parent is not None or globals is not None or name in looked_at or loader is None:
                return original(name, parent, globals)
            if name not in given:
                loader.get_source(env, name)  # whether there is one
                given[name] = _Template(name, original, self)
            return given[name]

        env.get_template = get_template  # type: ignore[method-assign]

    def render(self, template: "_Template", context: dict[str, Any]) -> str:
        """What a template gives.

        Args:
            template: The template.
            context: What it shows.
        """
        page: Page | None = context.get("page")
        source = page.file.src_uri if page else ""
        uncertain: dict[str, str] = {}
        try:
            parts = {**self.site, **self._parts(template.name, context, page, uncertain)}
            doubt = self.doubt
        except Uncertain as found:
            parts, doubt = {}, f"can't be compared: {found}"
        if doubt:
            if page:
                self.reasons[source] = doubt
            return template.real.render(context)
        name = f"{source} in {template.name}"
        known = digest_text(*(f"{part}\0{value}" for part, value in parts.items()))
        elsewhere = page is not None and self.side_by_side.made(page)
        if (remembered := self.recall.find(known, self._value_of)) is not None:
            if page:
                self.recalled += 1
            if elsewhere:
                self._elsewhere[source] = self._reason(name, parts)
            self.trace.note(name, Inputs(parts, remembered.depends))
            return remembered.entry.text
        reason = self._reason(name, parts)
        output, depends, doubt = self._make(
            template.real, context, SeenByTemplate(page, uncertain, self._shared)
        )
        if doubt is None:
            self.recall.keep(known, depends, Entry({}, output))
        if page:
            self.reasons[source] = f"never remembered: {doubt}" if doubt else reason
            if doubt is None:
                self._missed(page, context)
        self.trace.note(name, Inputs(parts, depends))
        return output

    def finish(self) -> None:
        """Ends other processes that render templates, and counts what they have made."""
        self.side_by_side.finish()
        templated, indexed = (self.side_by_side.made_by_children(number) for number in (0, 1))
        for source in templated & self._elsewhere.keys():
            self.reasons[source] = self._elsewhere[source]
            self.recalled -= 1
        self.indexed_by_children = frozenset(indexed)

    def _missed(self, page: Page, context: Mapping[str, Any]) -> None:
        """Has other processes render templates, where many have to be."""
        if self._env and not page.file.inclusion.is_excluded():  # a draft gets a mark
            pages, nav = context["pages"], context["nav"]
            work = templating(self.config, self._env, nav, pages)
            self.side_by_side.missed(page, partial(pages_of, self.files), work)

    def _reason(self, name: str, parts: Mapping[str, str]) -> str:
        """Why a template has to be rendered."""
        before = {one: self._value_of(one) for one in self.trace.depends_before(name, parts)}
        return self.trace.reason(name, Inputs(parts, before))

    def _parts(
        self, name: str, context: dict[str, Any], page: Page | None, uncertain: dict[str, str]
    ) -> dict[str, str]:
        """What is shown, as far as it is known beforehand."""
        extra: list[Any] = []
        for key, value in context.items():
            if key not in _SITE:
                try:
                    extra.append([key, digest_of(value, engine_object)])
                except Uncertain as found:
                    extra.append([key])
                    uncertain[key] = f"which can't be compared: {found}"
        parts = {
            "navigation or titles": self.shown.digest(context),
            "its template": name,
            "what plugins give its template": digest_of(extra),
        }
        if page:
            own = {key: value for key, value in vars(page).items() if key not in _NOT_OWN}
            around = [page.file, page.title, page.previous_page, page.next_page, page.parent]
            parts["what it says of itself"] = digest_of([own, around], engine_object)
            source, text = page.file.src_uri, page.markdown
            parts["its content"] = self.texts.digest(source, page.content or "")
            parts["its text"] = "" if text is None else self.texts.digest(source, text)
            self.texts.forget(source)
        return parts

    def _make(
        self, template: jinja2.Template, context: dict[str, Any], now: SeenByTemplate
    ) -> tuple[str, dict[str, str | None], str | None]:
        """What a template gives, what that depends on, and why it can't be remembered, if so."""
        self._now = now
        time = context.get("build_date_utc")
        if type(time) is datetime:
            context = {**context, "build_date_utc": noticed_time(time, now.shows_time)}
        else:
            now.time = True
        try:
            with self.watcher.watching() as seen:
                output = template.render(context)
        finally:
            self._now = None
        depends = dict(seen.depends)
        for name, asked in ((_TIME, now.time), (_DAYS, now.days)):
            if asked:
                depends[name] = self._value_of(name)
        places = (str(self.watcher.contents.root), self.config.site_dir)
        if now.changes:
            self.doubt = self.doubt or "what pages show was changed by a template"
        doubt = now.doubt or seen.doubt or shows_place(output, places)
        if now.time and not os.environ.get(_EPOCH):
            doubt = doubt or "shows the time of the build"
        return output, depends, doubt

    def _shared(self) -> frozenset[int]:
        """The collections of the configuration and the pages, by their `id`."""
        if self._ids is None:
            pages = (file.page for file in self.files.documentation_pages())
            values = [*self.config.values(), *(page.meta for page in pages if page)]
            self._ids = frozenset(_collections(values))
        return self._ids

    def _value_of(self, name: str) -> str | None:
        if name == _TIME:
            return os.environ.get(_EPOCH)
        if name != _DAYS:
            return value_of(name, self.watcher.contents)
        if self._days is None:
            pages = (file.page for file in self.files.documentation_pages())
            self._days = digest_text(*(str(page.update_date) for page in pages if page))
        return self._days


def _collections(values: Iterable[Any]) -> Iterator[int]:
    for value in values:
        if isinstance(value, (dict, list, set, tuple, UserDict)):
            yield id(value)
            yield from _collections(
                value.values() if isinstance(value, (dict, UserDict)) else value
            )


class _Template:
    """A template of the theme as MkDocs uses it."""

    def __init__(self, name: str, load: Any, templates: Templates) -> None:
        self.name = name
        self._load = load
        self._templates = templates

    @property
    def real(self) -> jinja2.Template:
        """Jinja's template."""
        found: jinja2.Template = self._load(self.name, None, None)
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)

    def render(self, *arguments: Any, **options: Any) -> str:
        """What the template gives, remembered where it shows the site or one of its pages."""
        context = dict(*arguments, **options)
        if "nav" not in context or type(context.get("page")) not in (Page, type(None)):
            return self.real.render(context)
        return self._templates.render(self, context)
