"""Which labels there are and what they mean (`labels.yml`)."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator, StrictBool

from docs_tools.model.fields import Colour, Fact, Identifier, Problem, Text, text_form

__all__ = ["Label", "Labels"]

LabelName = Annotated[str, text_form(50, "GitHub allows 50"), AfterValidator(str.strip)]


class Label(Fact):
    """One label, or a family of labels whose names differ in one part."""

    name: LabelName
    """The label's name as GitHub has it; a family's with its part in angle brackets."""

    usage: Text
    """What the label means."""

    notes: Text | None = None
    """Who or what sets it, and what to know about it."""

    group: Identifier | None = None
    """What the label is for, such as `size`: labels of a group can be shown by themselves."""

    color: Colour | None = None
    """The label's colour on GitHub."""

    family: StrictBool = False
    """The name stands for many labels, such as `<utility>`."""

    listed: StrictBool = True
    """The label is shown in the guide's table."""


class Labels(Fact):
    """`labels.yml`: the project's labels in the order to show them."""

    labels: tuple[Label, ...]
    """All labels."""

    def check(self) -> Iterator[Problem]:
        """No name stands twice; GitHub compares names without regard to case."""
        seen: set[str] = set()
        for i, label in enumerate(self.labels):
            if label.name.lower() in seen:
                message = f'"{label.name}" is there already'
                yield Problem(("labels", i, "name"), message, "GitHub ignores case in label names")
            seen.add(label.name.lower())
            if label.family and not ("<" in label.name and ">" in label.name):
                message = f'"{label.name}" is a family without a part in angle brackets'
                yield Problem(("labels", i, "name"), message, "write such as <utility>")
