"""What SSM parameters hold: ARNs, or what is wrong with it."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from docs_tools.errors import Diagnostic
from docs_tools.model.arn import LayerArn

__all__ = ["LayerKey", "Parameter", "Values"]

LayerKey = tuple[str, str, str, str]
"""A layer without its number, as `LayerArn.layer`."""

_LAYER = re.compile(r"arn:.*:lambda:.*:layer:")


@dataclass(frozen=True)
class Parameter:
    """A parameter that SSM told.

    Attributes:
        name: Its name.
        region: Where it is.
        value: What it holds.
    """

    name: str
    region: str
    value: str = field(repr=False)  # a wrong name may lead to a secret

    def problem(self, message: str, hint: str) -> Diagnostic:
        """A problem with it."""
        return Diagnostic(f"SSM parameter {self.name} in {self.region} {message}", hint=hint)


class Values:
    """The ARNs that parameters hold, each layer once.

    Args:
        strict: Whether each parameter has to hold one, and of a layer that is expected there.
    """

    def __init__(self, *, strict: bool) -> None:
        self._strict = strict
        self._first: dict[LayerKey, tuple[LayerArn, Parameter]] = {}
        self.problems: list[Diagnostic] = []

    @property
    def arns(self) -> dict[LayerKey, LayerArn]:
        """The ARN of each layer."""
        return {layer: arn for layer, (arn, _) in self._first.items()}

    def add(self, parameter: Parameter, expected: Collection[LayerKey]) -> None:
        """Takes in what a parameter holds.

        Args:
            parameter: The parameter.
            expected: The layers that it may hold the ARN of.
        """
        value = parameter.value.strip()
        if not _LAYER.match(value):  # then nobody knows what it is, and it isn't shown
            if self._strict:
                hint = "it has to hold an ARN, such as arn:aws:lambda:…:layer:name:7, as a String"
                self.problems.append(parameter.problem("holds no layer version ARN", hint))
            return
        try:
            arn = LayerArn.parse(value)
        except ValueError as error:
            hint = "put the ARN that was deployed there"
            self.problems.append(parameter.problem(f"is {error}", hint))
            return
        if arn.layer in expected:
            self._take(parameter, arn)
        elif self._strict or any(arn.name == name for *_, name in expected):
            hint = "put the ARN of the layer there, or correct the template or the data"
            self.problems.append(parameter.problem(f"is of another layer: {arn}", hint))

    def _take(self, parameter: Parameter, arn: LayerArn) -> None:
        first, there = self._first.setdefault(arn.layer, (arn, parameter))
        if first != arn:
            hint = "keep the number that was deployed; a name with {version} tells releases apart"
            message = f"has number {arn.number} for {arn.name}, {there.name} has {first.number}"
            self.problems.append(parameter.problem(message, hint))
