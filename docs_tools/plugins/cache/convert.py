"""Markdown to HTML, remembered: in place of MkDocs' `Page.render`."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markdown import Extension
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from docs_tools.build.memory.digest import Uncertain, digest_of, digest_text
from docs_tools.build.memory.recall import Recall
from docs_tools.build.memory.store import Entry
from docs_tools.build.memory.trace import Inputs, Trace
from docs_tools.build.memory.watch import Watcher, value_of
from docs_tools.plugins.cache.asked_files import AskedFiles, file_value, files_value
from docs_tools.plugins.cache.companions import Companion
from docs_tools.plugins.cache.known import engine_object
from docs_tools.plugins.cache.messages import as_json, kept_messages, said_again

__all__ = ["Conversions"]

_LINK, _FILES = "link", "files"
# what `Page.render` sets
_MADE = frozenset({"content", "toc", "_title_from_render", "present_anchor_ids", "links_to_anchors"})


@dataclass
class Conversions:
    """Converts the pages of one build, or remembers what they were converted to.

    Attributes:
        recall: What was converted before.
        watcher: What sees what a page asks for.
        companions: What is known of plugins' Markdown extensions.
        trace: What pages were made from.
        site: What all pages depend on: digests by what they are called in messages.
        doubt: Why no page can be remembered, if so.
        reasons: Why each page was converted, of those that were.
        recalled: How many were not.
    """

    recall: Recall
    watcher: Watcher
    companions: Sequence[Companion]
    trace: Trace
    site: Mapping[str, str]
    doubt: str | None = None
    reasons: dict[str, str] = field(default_factory=dict)
    recalled: int = 0

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
        if doubt := self.doubt or ("asked for by `always`" if fresh else None):
            self._convert(page, config, files, None, doubt)
            return
        known = digest_text(*(f"{part}\0{value}" for part, value in parts.items()))
        found = self.recall.find(known, values.of)
        if found and self._take(page, files, found.entry):
            self.recalled += 1
            self.trace.note(name, Inputs(parts, found.depends))
            return
        before = {one: values.of(one) for one in self.trace.depends_before(name)}
        reason = self.trace.reason(name, Inputs(parts, before))
        depends = self._convert(page, config, files, known, reason)
        self.trace.note(name, Inputs(parts, depends))

    def _parts(self, page: Page, config: MkDocsConfig) -> dict[str, str]:
        """What this page is made from, as far as it is known beforehand."""
        file = page.file
        address = (file.src_uri, file.url, file.inclusion.name, config.use_directory_urls)
        parts = {
            "its text": digest_text(page.markdown or ""),
            "its address": digest_of(address),
            "markdown_extensions": self._extensions(config),
        }
        for companion in self.companions:
            given = companion.given(page)
            if given is not None:
                parts[f"what {companion.name} gives it"] = digest_of(given)
        return parts

    def _extensions(self, config: MkDocsConfig) -> str:
        return digest_of([config.markdown_extensions, config.mdx_configs], self._extension)

    def _extension(self, value: object) -> Any:
        """A companion answers for the state of its extension; another's is compared itself."""
        for companion in self.companions:
            if companion.knows(value):
                return ["known to", companion.name]
        return None if isinstance(value, Extension) else engine_object(value)

    def _take(self, page: Page, files: Files, entry: Entry) -> bool:
        """Gives a page what was remembered, unless that makes no sense."""
        meta = entry.meta
        try:
            links = _links(meta["links"], files)
            toc = TableOfContents([_anchor(row) for row in meta["toc"]])
            title, anchors = meta["title"], set(meta["anchors"])
            effects, messages = meta["effects"], meta["messages"]
        except (KeyError, TypeError, ValueError):
            return False
        page.content, page.toc = entry.text, toc
        if toc.items:
            toc.items[0].active = True  # type: ignore[attr-defined]  # as MkDocs' `get_toc`
        page._title_from_render = title  # noqa: SLF001 - what `Page.render` sets
        page.present_anchor_ids = anchors
        if links is not None:
            page.links_to_anchors = links
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

        before = _state(page)
        for companion in self.companions:
            companion.begin(page)
        with kept_messages() as records, self.watcher.watching() as seen:
            type(page).render(page, config, AskedFiles(files, ask))  # type: ignore[arg-type]
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
        if before is None or before != _state(page):
            doubts.append("an extension changes more than its text")
        if doubt := next(filter(None, doubts), None):
            self.reasons[page.file.src_uri] = f"never remembered: {doubt}"
            return depends
        meta = {**_made(page), "effects": effects, "messages": messages}
        self.recall.keep(known, depends, Entry(meta, page.content or ""))
        return depends


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


def _state(page: Page) -> str | None:
    """What a page holds besides what it is converted to."""
    others = {name: value for name, value in vars(page).items() if name not in _MADE}
    others.pop("render", None)
    try:
        meta = digest_of(others.pop("meta", None))
    except Uncertain:
        return None
    return f"{meta} {[(name, id(value)) for name, value in others.items()]}"


def _made(page: Page) -> dict[str, Any]:
    """What a page was converted to, besides the HTML."""
    links = page.links_to_anchors
    return {
        "toc": [_row(anchor) for anchor in page.toc],
        "title": page._title_from_render,  # noqa: SLF001 - as `Page.render` set it
        "anchors": sorted(page.present_anchor_ids or ()),
        "links": None
        if links is None
        else [[file.src_uri, list(anchors.items())] for file, anchors in links.items()],
    }


def _row(anchor: AnchorLink) -> list[Any]:
    return [anchor.title, anchor.id, anchor.level, [_row(child) for child in anchor.children]]


def _anchor(row: Any) -> AnchorLink:
    title, id, level, children = row
    anchor = AnchorLink(title, id, level)
    anchor.children = [_anchor(child) for child in children]
    return anchor


def _links(rows: Iterable[Any] | None, files: Files) -> dict[File, dict[str, str]] | None:
    if rows is None:
        return None
    links: dict[File, dict[str, str]] = {}
    for uri, anchors in rows:
        file = files.get_file_from_path(uri)
        if file is None:
            raise ValueError(uri)
        links[file] = dict(anchors)
    return links


def is_debugging() -> bool:
    """Whether MkDocs leaves out what it does only where it says less."""
    return logging.getLogger("mkdocs.structure.pages").getEffectiveLevel() <= logging.DEBUG
