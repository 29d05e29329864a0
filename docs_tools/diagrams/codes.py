"""Entity codes such as `#40;`, which stand for what would be syntax in a diagram.

Mermaid turns them into HTML's and leaves the rest to the browser: in real text, which we draw, most
of them would be measured and shown as codes. So Mermaid gets a character of no meaning for each,
and the true one is put in when it measures, and into what it gives back.
"""

import html
import re
from html.entities import html5
from typing import Any

__all__ = ["Codes"]

# https://github.com/mermaid-js/mermaid/blob/develop/packages/mermaid/src/utils.ts (encodeEntities)
_CODE = re.compile(r"#(?P<name>\w+);", re.ASCII)
_STYLES = re.compile(r"(?:style|classDef).*:\S*#.*;")
_BREAK = re.compile(r"<br\s*/?>")
_PRIVATE = range(0xE000, 0xF900)  # Unicode gives these to nobody


class Codes:
    """The entity codes of a diagram.

    Args:
        source: The diagram as it is written.

    Attributes:
        source: The diagram with characters for its codes.
    """

    def __init__(self, source: str = "") -> None:
        self._stands_for: dict[int, str] = {}
        self._codes: dict[str, int] = {}
        self._free = (i for i in _PRIVATE if chr(i) not in source)
        self.source = "\n".join(map(self._replace, source.split("\n")))

    def true(self, text: str) -> str:
        """Text of the diagram with the true characters."""
        return text.translate(self._stands_for)

    def markup(self, svg: str) -> str:
        """The drawing, in which text is escaped."""
        return svg.translate({i: html.escape(char) for i, char in self._stands_for.items()})

    def message(self, text: str) -> str:
        """What Mermaid says of the diagram, with the codes as they are written."""
        return text.translate({i: code for code, i in self._codes.items()})

    def facts(self, value: Any) -> Any:
        """What Mermaid has read, as plain text on one line, HTML's own codes too."""
        if isinstance(value, str):
            # what is no code is left in a spelling of Mermaid's own
            text = value.replace("ﬂ°°", "&#").replace("ﬂ°", "&").replace("¶ß", ";")
            return self.true(html.unescape(_BREAK.sub(" ", text))).strip()
        if isinstance(value, list):
            return [self.facts(item) for item in value]
        if isinstance(value, dict):
            return {key: self.facts(item) for key, item in value.items()}
        return value

    def _replace(self, line: str) -> str:
        # a colour of a style, such as #333; looks like a code: Mermaid tells them apart
        return line if _STYLES.search(line) else _CODE.sub(self._stand_in, line)

    def _stand_in(self, match: re.Match[str]) -> str:
        code, name = match[0], match["name"]
        char = html.unescape(f"&{code}") if name.isdecimal() else html5.get(f"{name};")
        if char is None:
            return code
        if code not in self._codes:
            self._codes[code] = next(self._free)
            self._stands_for[self._codes[code]] = char
        return chr(self._codes[code])
