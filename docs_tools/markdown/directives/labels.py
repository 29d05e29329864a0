"""`<!-- docs_tools/labels -->`: a table of labels, or one of them within a sentence."""

from collections.abc import Iterable

from docs_tools.errors import DocsToolsError
from docs_tools.markdown.context import Context
from docs_tools.markdown.directives.directive import Directive, require
from docs_tools.model.fields import Fact, Text
from docs_tools.model.nearest import find_nearest, list_some
from docs_tools.render.labels import render_label, render_labels

__all__ = ["DIRECTIVE", "Options"]


class Options(Fact):
    """Options of `labels`; without one all listed labels are shown."""

    group: Text | None = None
    """Only the labels of this group, those included that aren't listed."""

    name: Text | None = None
    """One label within a sentence, in its colour."""


def _render(context: Context, options: Options) -> str:
    labels = require(context.facts.labels, context, "labels").labels
    if options.name and options.group:
        raise DocsToolsError("name and group don't go together", hint="take one of them out")
    if options.name:
        named = {label.name.lower(): label for label in labels}
        label = named.get(options.name.lower())
        if label is None:
            raise _unknown("label", options.name, [label.name for label in labels])
        return render_label(label, plain=context.plain)
    shown = [label for label in labels if label.listed]
    if options.group:
        shown = [label for label in labels if label.group == options.group]
        if not shown:
            groups = [label.group for label in labels if label.group]
            raise _unknown("group", options.group, groups)
    return render_labels(shown, plain=context.plain)


def _unknown(what: str, name: str, known: Iterable[str]) -> DocsToolsError:
    names = list(dict.fromkeys(known))
    near = find_nearest(name, names)
    hint = f'did you mean "{near}"?' if near else f"there is: {list_some(names)}"
    return DocsToolsError(f'no {what} "{name}"', hint=hint)


DIRECTIVE = Directive("labels", Options, _render, lambda options: options.name is not None)
