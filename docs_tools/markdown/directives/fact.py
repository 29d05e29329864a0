"""`<!-- docs_tools/fact { path: release.total } -->`: one value within a sentence."""

from collections.abc import Mapping

from docs_tools.errors import DocsToolsError
from docs_tools.markdown.context import Context
from docs_tools.markdown.directives.directive import Directive, UnreadableFactsError
from docs_tools.model.fields import Fact, Text
from docs_tools.model.nearest import find_nearest, list_some

__all__ = ["DIRECTIVE", "Options"]

_FILES = {"project": "maintainers"}  # a path begins with its file's name, but for this one


class Options(Fact):
    """Options of `fact`."""

    path: Text
    """Which value, such as `release.total`."""


def _render(context: Context, options: Options) -> str:
    values = context.values
    value = values.get(options.path)
    if value is not None:
        return value
    topic = options.path.partition(".")[0]
    if _FILES.get(topic, topic) in context.facts.broken:
        raise UnreadableFactsError(f"{topic} has faults")
    raise DocsToolsError(f'no fact "{options.path}"', hint=_mend(options.path, values))


def _mend(path: str, values: Mapping[str, str]) -> str:
    if near := find_nearest(path, values):
        return f"did you mean {near}?"
    topic = path.partition(".")[0]
    below = [known for known in values if known.startswith(f"{topic}.")]
    if not below:
        topics = dict.fromkeys(known.partition(".")[0] for known in values)
        return f"a path begins with one of: {', '.join(topics) or 'none, as there is no data'}"
    return f"there is: {list_some(below)}"


DIRECTIVE = Directive("fact", Options, _render, lambda _: True)
