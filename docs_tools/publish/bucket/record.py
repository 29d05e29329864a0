"""Our one object in a bucket: what its folders hold, who writes to which, and what goes when.

A branch has its commits for that. What stands here is believed only where nobody is known to have
been cut off in the middle; else the bucket itself is asked.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from docs_tools.errors import DocsToolsError

__all__ = ["LEASE", "PATH", "Claim", "Folder", "Record", "at", "stamp"]

PATH = ".docs_tools/record.json"
"""Where it stands below the prefix."""

LEASE = timedelta(minutes=10)
"""How long others wait for a writer of which nothing was heard since."""

_NUMBER = 1  # of the format; a reader refuses a higher one
_GIVEN_UP = "1970-01-01T00:00:00Z"


@dataclass(frozen=True)
class Folder:
    """What the folder of a version or an alias holds.

    Attributes:
        tree: The hash of its files.
        rules: The digest of the rules for headers that it was sent with.
        sitemap: Whether it has a `sitemap.xml`.
        built_from: The commit that it was built from, where it says so.
        before: The commit that what was there before was built from.
    """

    tree: str
    rules: str
    sitemap: bool
    built_from: str | None = None
    before: str | None = None


@dataclass(frozen=True)
class Claim:
    """Somebody writes, or was cut off while writing.

    Attributes:
        names: The folders.
        aim: The same for who does the same thing again.
        since: When it was last heard of, by the bucket's clock.
    """

    names: tuple[str, ...]
    aim: str
    since: str

    def ends(self) -> datetime:
        """Until when others wait for it."""
        return at(self.since) + LEASE


@dataclass(frozen=True)
class Record:
    """What is known of a bucket.

    All paths are those of the site, below the prefix.

    Attributes:
        revision: Another one with each write.
        folders: What the folders of versions and aliases hold.
        files: The SHA-256 of each file beside the versions, `versions.json` left out.
        sure: Whether those files are what is there: not where two runs ended at once.
        rules: The digest of the rules that those files were sent with.
        claims: Who writes, by a name of the run.
        due: What nothing refers to any more, and when it may go.
    """

    revision: str
    folders: Mapping[str, Folder] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    sure: bool = True
    rules: str = ""
    claims: Mapping[str, Claim] = field(default_factory=dict)
    due: Mapping[str, str] = field(default_factory=dict)

    def dumps(self) -> str:
        """The object's text."""
        facts = {"docs_tools_record": _NUMBER, **asdict(self)}
        return json.dumps(facts, indent=1, sort_keys=True) + "\n"

    @classmethod
    def loads(cls, text: bytes, file: str) -> "Record":
        """Reads a record.

        Args:
            text: The object's content.
            file: The object as the user would name it.

        Raises:
            DocsToolsError: It is broken, or written by a newer docs_tools.
        """
        try:
            raw = json.loads(text)
            number = raw["docs_tools_record"]
            if isinstance(number, int) and number > _NUMBER:
                raise _newer(file, number)
            return _read(raw)
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
            raise DocsToolsError(
                f"{file} is no record of docs_tools",
                hint=f"remove it: aws s3 rm {file}\n"
                "the next publish then looks at the bucket itself and writes it anew",
            ) from None

    def claimed(self) -> set[str]:
        """The folders that somebody writes to, or was cut off in."""
        return {name for claim in self.claims.values() for name in claim.names}

    def writer(self, name: str, run: str, aim: str, now: datetime) -> Claim | None:
        """Who else writes to a folder, and has to be waited for.

        Args:
            name: The folder.
            run: The run that asks.
            aim: What it does: who was cut off while doing the same is not waited for.
            now: The bucket's time.
        """
        for other, claim in self.claims.items():
            if other != run and name in claim.names and claim.aim != aim and claim.ends() > now:
                return claim
        return None

    def with_claim(self, run: str, names: Collection[str], aim: str, now: datetime) -> "Record":
        """The record with a claim; what was given up or cut off there is taken over."""
        claims = {run: Claim(tuple(sorted(names)), aim, stamp(now))}
        for other, claim in self.claims.items():
            left = tuple(name for name in claim.names if name not in names)
            # one without folders says that files beside them are written
            alive = not claim.names and claim.aim != aim and claim.ends() > now
            if other != run and (left or alive):
                claims[other] = replace(claim, names=left)
        return replace(self, claims=claims)

    def without_claim(self, run: str) -> "Record":
        """The record without a claim."""
        return replace(self, claims={k: v for k, v in self.claims.items() if k != run})

    def renewed(self, run: str, now: datetime) -> "Record":
        """The record with a claim that was heard of again."""
        claim = self.claims.get(run)
        if claim is None:
            return self
        return replace(self, claims={**self.claims, run: replace(claim, since=stamp(now))})

    def given_up(self, run: str) -> "Record":
        """The record with a claim for which nobody need wait."""
        claim = self.claims.get(run)
        if claim is None:
            return self
        return replace(self, claims={**self.claims, run: replace(claim, since=_GIVEN_UP)})

    def with_due(self, removed: Iterable[str], live: Collection[str], when: datetime) -> "Record":
        """The record with more that may go then, and without what is in use again."""
        due = {path: date for path, date in self.due.items() if path not in live}
        for path in removed:
            due.setdefault(path, stamp(when))
        return replace(self, due=due)

    def due_by(self, now: datetime) -> list[str]:
        """What may go by now."""
        return sorted(path for path, date in self.due.items() if at(date) <= now)


def stamp(when: datetime) -> str:
    """A time as it is written: in UTC, to the second."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def at(text: str) -> datetime:
    """The time that was written.

    Raises:
        ValueError: It is none.
    """
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def _read(raw: Mapping[str, Any]) -> Record:
    claims = {
        str(run): Claim(tuple(map(str, claim["names"])), str(claim["aim"]), str(claim["since"]))
        for run, claim in raw["claims"].items()
    }
    due = {str(path): str(date) for path, date in raw["due"].items()}
    for text in (*due.values(), *(claim.since for claim in claims.values())):
        at(text)
    return Record(
        str(raw["revision"]),
        {str(path): Folder(**folder) for path, folder in raw["folders"].items()},
        {str(path): str(sum_) for path, sum_ in raw["files"].items()},
        raw["sure"] is True,
        str(raw["rules"]),
        claims,
        due,
    )


def _newer(file: str, number: int) -> DocsToolsError:
    return DocsToolsError(
        f"{file} was written by a newer docs_tools: its format is {number}, and {_NUMBER} is known",
        hint="update docs_tools: pip install --upgrade docs_tools",
    )
