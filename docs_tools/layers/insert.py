"""Layer numbers into text that was written by hand: the number changes and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from docs_tools.layers.keep import Kept, find_kept
from docs_tools.layers.numbers import Numbers
from docs_tools.layers.references import Reference, find_references
from docs_tools.layers.verdict import Kind, Verdict

__all__ = ["Inserted", "Insertion", "insert_numbers", "judged"]


@dataclass(frozen=True)
class Insertion:
    """An ARN in a page that carries the number of the version built.

    Attributes:
        arn: The ARN as it is now; its region may be a placeholder.
        before: The number that stood there, or `None` where a directive wrote the ARN.
        place: Where it begins in the text as it was.
    """

    arn: str
    before: int | None = None
    place: int = field(default=0, compare=False)

    @property
    def number(self) -> int:
        """The number that it has now."""
        return int(self.arn.rpartition(":")[2])


@dataclass(frozen=True)
class Inserted:
    """A text with its numbers.

    Attributes:
        text: The text as it is now.
        insertions: Every ARN that carries its number now, also where it did before.
        ambiguous: ARNs that are left as they were: what a placeholder stands for has different
            numbers.
        other: ARNs of ours that the release doesn't have, also left.
        faulty: ARNs that can't be right, also left.
    """

    text: str
    insertions: tuple[Insertion, ...] = ()
    ambiguous: tuple[tuple[Reference, Verdict], ...] = ()
    other: tuple[Reference, ...] = ()
    faulty: tuple[Reference, ...] = ()


def insert_numbers(text: str, numbers: Numbers, *, kept: Kept | None = None) -> Inserted:
    """Gives every ARN of a layer of ours the number of the release.

    Args:
        text: Text with ARNs anywhere in it.
        numbers: The release's numbers. ARNs of other layers keep theirs.
        kept: Which keep theirs besides; those that comments in the text name if not given.
    """
    insertions: list[Insertion] = []
    ambiguous: list[tuple[Reference, Verdict]] = []
    left: dict[Kind, list[Reference]] = {Kind.OTHER: [], Kind.FAULTY: []}
    pieces: list[str] = []
    done = 0
    for reference, verdict in judged(text, numbers, kept):
        if reference.number is None:
            continue
        if verdict.number is None:
            if verdict.kind is Kind.AMBIGUOUS:
                ambiguous.append((reference, verdict))
            elif verdict.kind in left:
                left[verdict.kind].append(reference)
            continue
        before = int(reference.number)
        arn = f"{reference.layer}:{verdict.number}"
        insertions.append(Insertion(arn, before, reference.start))
        if before == verdict.number:  # however it is written, such as 08
            continue
        pieces += [text[done : reference.end - len(reference.number)], str(verdict.number)]
        done = reference.end
    pieces.append(text[done:])
    other, faulty = map(tuple, left.values())
    return Inserted("".join(pieces), tuple(insertions), tuple(ambiguous), other, faulty)


def judged(
    text: str, numbers: Numbers, kept: Kept | None = None
) -> Iterator[tuple[Reference, Verdict]]:
    """Every ARN of a text that isn't kept, and what is known of it."""
    for reference in find_references(text):
        if kept is None:  # looked for in texts with ARNs only
            kept = find_kept(text)
        if not kept.covers(reference.start):
            yield reference, numbers.judge(reference)
