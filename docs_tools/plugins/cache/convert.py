"""Markdown to HTML, remembered: in place of MkDocs' `Page.render`."""

import logging
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from markdown import Extension, Markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, PluginCollection
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.theme import Theme

from docs_tools.build.memory.digest import Uncertain, digest_of, digest_text
from docs_tools.build.memory.recall import Recall
from docs_tools.build.memory.store import Entry
from docs_tools.build.memory.trace import Inputs, Trace
from docs_tools.build.memory.watch import Watcher, value_of
from docs_tools.plugins.cache.asked_files import AskedFiles, file_value, files_value
from docs_tools.plugins.cache.companions import Companion
from docs_tools.plugins.cache.foreign import ForeignState, settled
from docs_tools.plugins.cache.known import engine_object
from docs_tools.plugins.cache.made import MADE, made_of, make_again
from docs_tools.plugins.cache.messages import as_json, kept_messages, said_again
from docs_tools.plugins.cache.own_place import shows_place
from docs_tools.plugins.cache.side_by_side import SideBySide
from docs_tools.plugins.cache.steps import converting, pages_of
from docs_tools.plugins.cache.texts import PageTexts

__all__ = ["Conversions"]

_LINK, _FILES = "link", "files"
# through these an extension may see whatever there is, and what other pages have left
_WHOLE = (BasePlugin, PluginCollection, MkDocsConfig, Files, File, Navigation, StructureItem, Theme)
_RENDER = Page.render


@dataclass
class Conversions:
    """Converts the pages of one build, or remembers what they were converted to.

    Attributes:
        recall: What was converted before.
        watcher: What sees what a page asks for.
        companions: What is known of plugins' Markdown extensions.
        trace: What pages were made from.
        site: What all pages depend on: digests by what they are called in messages.
        side_by_side: What converts pages in other processes.
        foreign: What foreign extensions keep from page to page.
        texts: What is told of the digests of texts.
        doubt: Why no page can be remembered, if so.
        reasons: Why each page was converted, of those that were.
        recalled: How many were not.
    """

    recall: Recall
    watcher: Watcher
    companions: Sequence[Companion]
    trace: Trace
    site: Mapping[str, str]
    side_by_side: SideBySide
    foreign: ForeignState
    texts: PageTexts
    doubt: str | None = None
    reasons: dict[str, str] = field(default_factory=dict)
    recalled: int = 0
    _elsewhere: dict[str, str] = field(default_factory=dict)

    def finish(self) -> None:
        """Ends other processes that convert pages, and counts what they have made."""
        self.side_by_side.finish()
        for name in self.side_by_side.made_by_children() & self._elsewhere.keys():
            self.reasons[name] = self._elsewhere[name]
            self.recalled -= 1

    def render(self, page: Page, config: MkDocsConfig, files: Files, *, fresh: bool) -> None:
        """Gives a page its HTML, as `Page.render` does.

        Args:
            page: The page, with its final Markdown.
            config: The configuration.
            files: The files of the site.
            fresh: Whether to convert it in any case.
        """
        name = page.file.src_uri
        values = _Values(self, page, files)
        try:
            parts = {**self.site, **self._parts(page, config)}
        except Uncertain as uncertain:
            self._convert(page, config, files, None, f"can't be compared: {uncertain}")
            return
        if doubt := self.doubt or _replaced() or ("asked for by `always`" if fresh else None):
            self._convert(page, config, files, None, doubt)
            return
        known = digest_text(*(f"{part}\0{value}" for part, value in parts.items()))
        elsewhere = self.side_by_side.made(page)
        found = self.recall.find(known, values.of)
        if found and self._take(page, files, found.entry):
            self.recalled += 1
            if elsewhere:
                self._elsewhere[name] = self._reason(name, parts, values)
            self.trace.note(name, Inputs(parts, found.depends))
            return
        self.side_by_side.missed(page, partial(pages_of, files), converting(config, files))
        reason = self._reason(name, parts, values)
        depends = self._convert(page, config, files, known, reason)
        self.trace.note(name, Inputs(parts, depends))

    def _reason(self, name: str, parts: Mapping[str, str], values: "_Values") -> str:
        """Why a page has to be converted."""
        before = {one: values.of(one) for one in self.trace.depends_before(name, parts)}
        return self.trace.reason(name, Inputs(parts, before))

    def _parts(self, page: Page, config: MkDocsConfig) -> dict[str, str]:
        """What this page is made from, as far as it is known beforehand."""
        file = page.file
        address = (file.src_uri, file.url, file.inclusion.name, config.use_directory_urls)
        text = page.markdown or ""
        self.texts.tell(file.src_uri, text, digest := digest_text(text))
        parts = {
            "its text": digest,
            "its address": digest_of(address),
            **self._extensions(config),
        }
        for companion in self.companions:
            given = companion.given(page)
            if given is not None:
                parts[f"what {companion.name} gives it"] = digest_of(given)
        return parts

    def _extensions(self, config: MkDocsConfig) -> dict[str, str]:
        """The extensions with their settings, and what they may keep from page to page."""
        settings = [config.markdown_extensions, settled(config.mdx_configs)]
        return {
            "markdown_extensions": digest_of(settings, self._extension),
            "what extensions keep": self.foreign.digest(),
        }

    def _extension(self, value: object) -> Any:
        """A companion answers for the state of its extension; another's is compared itself."""
        for companion in self.companions:
            if companion.knows(value):
                return ["known to", companion.name]
        if isinstance(value, _WHOLE):
            raise Uncertain(f"an extension that holds MkDocs' {type(value).__name__}")
        return None if isinstance(value, Extension) else engine_object(value)

    def _take(self, page: Page, files: Files, entry: Entry) -> bool:
        """Gives a page what was remembered, unless that makes no sense."""
        effects, messages = entry.meta.get("effects"), entry.meta.get("messages")
        digest = entry.meta.get("digest")
        if not isinstance(effects, dict) or not isinstance(messages, list):
            return False
        if not isinstance(digest, str) or not make_again(page, entry.text, entry.meta, files):
            return False
        self.texts.tell(page.file.src_uri, entry.text, digest)
        for companion in self.companions:
            if companion.name in effects:
                companion.repeat(page, effects[companion.name])
        said_again(messages)
        return True

    def _convert(
        self, page: Page, config: MkDocsConfig, files: Files, known: str | None, reason: str
    ) -> dict[str, str | None]:
        """Converts a page and keeps it, where it can be told what it depends on."""
        self.reasons[page.file.src_uri] = reason
        if known is None:
            type(page).render(page, config, files)
            return {}
        asked: dict[str, str | None] = {}

        def ask(path: str | None) -> None:
            if path is None:
                asked[_FILES] = digest_text(files_value(files))
            else:
                asked[f"{_LINK}:{path}"] = file_value(files.get_file_from_path(path))

        before = _state(page), self._extensions(config)
        for companion in self.companions:
            companion.begin(page)
        with kept_messages() as records, self.watcher.watching() as seen:
            type(page).render(page, config, AskedFiles(files, ask))
        depends = {**seen.depends, **asked}
        effects: dict[str, Any] = {}
        doubts = [seen.doubt]
        for companion in self.companions:
            observed = companion.end(page)
            doubts.append(observed.doubt)
            depends |= {f"{companion.name}:{name}": v for name, v in observed.depends.items()}
            if observed.effects is not None:
                effects[companion.name] = observed.effects
        messages = as_json(records)
        if messages is None:
            doubts.append("has problems to show")
        doubts.append(self._changed(page, config, before))
        if doubt := next(filter(None, doubts), None):
            self.reasons[page.file.src_uri] = f"never remembered: {doubt}"
            return depends
        content = page.content or ""
        self.texts.tell(page.file.src_uri, content, digest := digest_text(content))
        meta = {**made_of(page), "effects": effects, "messages": messages, "digest": digest}
        self.recall.keep(known, depends, Entry(meta, content))
        return depends

    def _changed(
        self, page: Page, config: MkDocsConfig, before: tuple[str | None, dict[str, str]]
    ) -> str | None:
        """Why a page can't be remembered by what its conversion did besides, if so."""
        state, extensions = before
        try:
            if self._extensions(config) != extensions:
                return "an extension keeps something from page to page"
        except Uncertain as uncertain:
            return f"an extension keeps {uncertain}"
        if state is None or state != _state(page):
            return "an extension changes more than its text"
        root = str(self.watcher.contents.root)
        content = (page.content or "").replace(f'filepath="{root}', "")  # mkdocstrings' is
        return shows_place(content, [root])


@dataclass(frozen=True)
class _Values:
    """The values of dependencies as they are now."""

    conversions: Conversions
    page: Page
    files: Files

    def of(self, name: str) -> str | None:
        what, _, rest = name.partition(":")
        if what == _LINK:
            return file_value(self.files.get_file_from_path(rest))
        if what == _FILES:
            return digest_text(files_value(self.files))
        for companion in self.conversions.companions:
            if companion.name == what:
                return companion.value_of(rest)
        return value_of(name, self.conversions.watcher.contents)


def _replaced() -> str | None:
    """What a hook has put something of its own in the place of, if so."""
    code: Any = getattr(Markdown.convert, "__code__", None)
    original = code is not None and code.co_filename == sys.modules[Markdown.__module__].__file__
    if Page.render is not _RENDER or not original:
        return "a plugin has replaced what converts pages"
    return None


def _state(page: Page) -> str | None:
    """What a page holds besides what it is converted to."""
    others = {name: value for name, value in vars(page).items() if name not in MADE}
    others.pop("render", None)
    try:
        meta = digest_of(others.pop("meta", None))
    except Uncertain:
        return None
    return f"{meta} {[(name, id(value)) for name, value in others.items()]}"


def is_debugging() -> bool:
    """Whether MkDocs leaves out what it does only where it says less."""
    return logging.getLogger("mkdocs.structure.pages").getEffectiveLevel() <= logging.DEBUG
