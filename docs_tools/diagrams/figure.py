"""A drawing as a figure of a page: ids of its own, a title, and a size that fits."""

import html
import re
from collections import Counter

from docs_tools.diagrams.memory import Drawing
from docs_tools.diagrams.mend import mend
from docs_tools.diagrams.style import PAPER, needs_paper

__all__ = ["render_figure"]

_TAG = re.compile(r"<[a-zA-Z][^>]*>")
_ID = re.compile(r'(?<=\sid=")([^"]*)(?=")')
_REFERENCE = re.compile(
    r'(?P<before>url\(["\']?#|\s(?:xlink:)?href="#)(?P<id>[^"\')]+)'
    r'|(?P<name>\saria-(?:labelledby|describedby)=")(?P<ids>[^"]*)'
)
_STYLE = re.compile(r"<style\b[^>]*>.*?</style>", re.DOTALL)
_SIZE = re.compile(r'\sviewBox="[-\d.e]+ [-\d.e]+ (?P<width>[\d.e]+) [\d.e]+"')
_OWN_ID = "my-svg"  # what mermaidx calls every drawing
_READABLE = 0.8  # of its own size: below that its text is too small, and the figure scrolls


def render_figure(drawing: Drawing, id: str) -> str:
    """The figure: inline SVG that shows without a script, and is left out of the search.

    Args:
        drawing: What to show.
        id: The figure's id, unique on its page; every id within begins with it.
    """
    svg = _named(_sized(_renamed(mend(drawing.svg), id)), drawing, id)
    paper = f";{PAPER}" * needs_paper(drawing.reading.kind)
    # a figure that is too wide scrolls by itself, also by keyboard
    return (
        f'<figure class="docs_tools-diagram" id="{id}" data-search-exclude="1" tabindex="0"'
        f' style="margin:1em 0;width:auto;max-width:100%;overflow-x:auto{paper}">{svg}</figure>'
    )


def _renamed(svg: str, id: str) -> str:
    """Gives every id the figure's before it: two drawings never share styles or arrowheads."""
    ids = {found[0] for tag in _TAG.findall(svg) for found in _ID.finditer(tag)}
    seen: Counter[str] = Counter()

    def new(old: str) -> str:
        return f"{id}-svg{old.removeprefix(_OWN_ID)}" if old.startswith(_OWN_ID) else f"{id}-{old}"

    def once(found: re.Match[str]) -> str:
        # the lines of a mind map have the same id, whatever they join
        seen[found[0]] += 1
        times = seen[found[0]]
        return f"{new(found[0])}-{times}" if times > 1 else new(found[0])

    def refer(match: re.Match[str]) -> str:
        if match["before"]:
            # a link may lead to a heading of the page
            return f"{match['before']}{new(match['id'])}" if match["id"] in ids else match[0]
        return f"{match['name']}{' '.join(map(new, match['ids'].split()))}"

    def rename(tag: re.Match[str]) -> str:
        return _REFERENCE.sub(refer, _ID.sub(once, tag[0]))

    def restyle(style: re.Match[str]) -> str:
        return re.sub(rf"#{_OWN_ID}(?![\w-])", f"#{new(_OWN_ID)}", style[0])

    return _TAG.sub(rename, _STYLE.sub(restyle, svg))


def _sized(svg: str) -> str:
    """The drawing at its own size at most, and never so small that it can't be read."""
    match = _SIZE.search(svg)
    if not match:
        return svg
    width = float(match["width"])
    style = (
        f"display:block;margin:0 auto;width:100%;height:auto;max-width:{width:.0f}px;"
        f"min-width:{min(width, width * _READABLE):.0f}px"
    )
    start, end, rest = svg.partition(">")
    start = re.sub(r'\s(?:style|width|height)="[^"]*"', "", start)
    return f'{start} style="{style}"{end}{rest}'


def _named(svg: str, drawing: Drawing, id: str) -> str:
    """The drawing with a title and a description for who can't see it."""
    start, end, rest = svg.partition(">")
    start = re.sub(r'\s(?:role|aria-roledescription)="[^"]*"', "", start)
    given = set(re.findall(r"aria-(labelledby|describedby)", start))
    title, description = _words(drawing)
    added = ""
    if "labelledby" not in given:
        start += f' aria-labelledby="{id}-title"'
        added += f'<title id="{id}-title">{html.escape(title)}</title>'
    if "describedby" not in given:
        start += f' aria-describedby="{id}-desc"'
        added += f'<desc id="{id}-desc">{html.escape(description)}</desc>'
    kind = html.escape(drawing.reading.kind)
    return f'{start} role="img" aria-roledescription="{kind}"{end}{added}{rest}'


def _words(drawing: Drawing) -> tuple[str, str]:
    reading = drawing.reading
    kind = re.sub(r"-?v\d$|Diagram$", "", reading.kind) or "diagram"
    said = [task.name for task in reading.tasks] + [label for _, label in reading.nodes]
    said += [label for _, label, _ in reading.classes]
    if not said:
        texts = re.findall(r">([^<>]+)</", _STYLE.sub("", drawing.svg))
        said = [text for raw in texts if (text := html.unescape(raw).strip())]
    shown = ", ".join(dict.fromkeys(said))
    shown = shown if len(shown) <= 500 else f"{shown[:499]}…"
    title = reading.title or f"A diagram ({kind})"
    return title, reading.description or f"It shows: {shown or 'nothing'}."
