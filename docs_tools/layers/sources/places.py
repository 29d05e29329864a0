"""ARNs found in files, each with its place; and what may not be together."""

from dataclasses import dataclass, field

from docs_tools.errors import Diagnostic
from docs_tools.model.arn import LayerArn

__all__ = ["Places", "Value"]

_HINT = "write such as arn:aws:lambda:eu-west-1:123456789012:layer:name:7"


@dataclass(frozen=True)
class Value:
    """A text that should be a layer version ARN.

    Attributes:
        text: The text.
        file: The file as the user would name it.
        line: Its line, from 1.
        column: Its column, from 1.
        key: The key it stands under, such as `Stack.LatestLayerArn`; `None` in a text file.
    """

    text: str
    file: str
    line: int
    column: int
    key: str | None = None

    def problem(self, message: str, hint: str) -> Diagnostic:
        """A problem at this place."""
        message = f"{self.key}: {message}" if self.key else message
        return Diagnostic(message, self.file, self.line, self.column, hint)


@dataclass
class Places:
    """The ARNs of a source, each layer once, and every problem on the way."""

    problems: list[Diagnostic] = field(default_factory=list)
    _first: dict[tuple[str, str, str, str], tuple[LayerArn, Value]] = field(default_factory=dict)

    @property
    def arns(self) -> tuple[LayerArn, ...]:
        """The ARNs, sorted."""
        return tuple(sorted(arn for arn, _ in self._first.values()))

    def add(self, value: Value) -> None:
        """Takes an ARN in: a malformed one, or another number for a layer, is a problem."""
        try:
            arn = LayerArn.parse(value.text)
        except ValueError as error:
            self.problems.append(value.problem(str(error), _HINT))
            return
        first, there = self._first.setdefault(arn.layer, (arn, value))
        if first != arn:
            key = f" ({there.key})" if there.key else ""
            message = f"{arn} has number {first.number} at {there.file}:{there.line}{key}"
            self.problems.append(value.problem(message, "keep the number that was deployed"))
