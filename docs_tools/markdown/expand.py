"""One directive -> Markdown, or what is wrong with it."""

import re

from docs_tools.errors import Diagnostic, DocsToolsError
from docs_tools.markdown.context import Context
from docs_tools.markdown.directives import DIRECTIVES, Directive, UnreadableFactsError
from docs_tools.model.document import parse_document
from docs_tools.model.facts import validate
from docs_tools.model.fields import Fact
from docs_tools.model.nearest import find_nearest

__all__ = ["check", "expand", "is_inline"]


def expand(match: re.Match[str], context: Context) -> str:
    """The Markdown that a directive stands for.

    Args:
        match: What `DIRECTIVE` matched.
        context: What to render it from.

    Raises:
        UnreadableFactsError: Its data has faults, which are told where the data is read.
        DocsToolsError: There is no such directive or option, or its data isn't there. The
            diagnostics know no file: the caller knows the page.
    """
    directive, options = _parse(match)
    try:
        return directive.render(context, options)
    except UnreadableFactsError:
        raise
    except DocsToolsError as error:
        raise _fault(f"docs_tools/{directive.name}: {error.message}", error.hint) from error
    except ValueError as error:
        raise _fault(f"docs_tools/{directive.name}: {error}", None) from error


def check(match: re.Match[str]) -> None:
    """Looks at what is written only, and at no data.

    Raises:
        DocsToolsError: There is no such directive or option.
    """
    _parse(match)


def is_inline(match: re.Match[str]) -> bool:
    """Whether a directive stands for a piece of a sentence; a wrong one stands for a block."""
    try:
        directive, options = _parse(match)
    except DocsToolsError:
        return False
    return directive.inline(options)


def _parse(match: re.Match[str]) -> tuple[Directive, Fact]:
    name = match["name"]
    directive = DIRECTIVES.get(name)
    if directive is None:
        near = find_nearest(name, DIRECTIVES)
        hint = f"did you mean docs_tools/{near}?" if near else f"there is: {_names()}"
        raise _fault(f'no directive "docs_tools/{name}"', hint)
    options = match["options"].strip()
    if options and not (options.startswith("{") and options.endswith("}")):
        raise _fault(f"options go in braces, not {options!r}", "write such as { id: release }")
    try:
        document = parse_document(options or "{}", f"docs_tools/{name}")
        return directive, validate(directive.options, document)
    except DocsToolsError as error:
        diagnostics = [Diagnostic(f"docs_tools/{name}: {_plain(d)}") for d in error.diagnostics]
        raise DocsToolsError(error.message, diagnostics=diagnostics) from error


def _names() -> str:
    return ", ".join(f"docs_tools/{name}" for name in DIRECTIVES)


def _plain(diagnostic: Diagnostic) -> str:
    """The message and its mend on one line: the page's own line is what the author looks for."""
    return f"{diagnostic.message}; {diagnostic.hint}" if diagnostic.hint else diagnostic.message


def _fault(message: str, hint: str | None) -> DocsToolsError:
    return DocsToolsError(message, diagnostics=[Diagnostic(message, hint=hint)])
