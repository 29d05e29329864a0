"""A change of a bucket that something may disturb, and what has to come of it all the same."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.aws.buckets import Stored
from tests.project import Result
from tests.publish.bucket.bench import RECORD, Bench, calmed, faults, site

__all__ = ["OBJECTS", "Case", "Scene"]

OBJECTS = 60


@dataclass(frozen=True)
class Case:
    """A command that is disturbed.

    Attributes:
        words: The command; `{new}` is the folder of the new site.
        options: Those of the bucket.
        versioned: Whether the bucket keeps what was overwritten.
        once: Whether a second time does something else.
    """

    words: str
    options: Mapping[str, Any] = field(default_factory=dict)
    versioned: bool = False
    once: bool = False

    @property
    def prefix(self) -> str:
        """Of the site in the bucket."""
        return str(self.options.get("prefix", ""))


@dataclass
class Scene:
    """The state that a command starts from, and the one that it makes where nothing disturbs it.

    There are 1.0.0 with `stable`, mended once, and 2.0.0 with `latest`, which is the default.

    Attributes:
        bench: The bucket.
        case: The command.
        words: Its words.
        start: The state that it starts from, to be put back.
        old: What the bucket holds then.
        new: What it holds after a run that nothing disturbs.
        requests: How many requests that takes.
        landed: Whether the run that was disturbed wrote the list of versions.
    """

    bench: Bench
    case: Case
    words: list[str]
    start: Mapping[str, Any]
    old: Mapping[str, Stored]
    new: Mapping[str, Stored]
    requests: int
    landed: bool = False

    @classmethod
    def create(cls, bench: Bench, case: Case, objects: int = OBJECTS) -> "Scene":
        """Publishes what the command starts from, and tries the command.

        Args:
            bench: A bucket with nothing in it.
            case: The command.
            objects: How many each version has.
        """
        if case.versioned:
            bench.bucket.keep_versions()
        bench.configure(**case.options)
        old = bench.write_site("old", site(objects, "old"))
        fixed = bench.write_site("fixed", site(objects, "fixed", changed=range(4)))
        new = bench.write_site("new", site(objects + 4, "new", changed=range(1, 12, 3)))
        bench.publish("1.0.0", site=old)
        bench.publish("1.0.0", "stable", site=fixed)
        bench.publish("2.0.0", "latest", "-u", site=old)
        bench.run("versions", "default", "latest")
        start, state = bench.bucket.snapshot(), bench.objects()
        words = case.words.format(new=new).split()
        bench.fair()
        bench.run(*words)
        after, requests = bench.objects(), len(bench.aws.s3.requests)
        assert after != state
        assert faults(after, prefix=case.prefix) == []
        return cls(bench, case, words, start, state, after, requests)

    def restart(self) -> None:
        """Puts the bucket back; nothing goes wrong."""
        self.bench.fair()
        self.bench.bucket.restore(self.start)

    def disturbed(
        self, disturb: Callable[[], object], env: Mapping[str, str] | None = None
    ) -> Result:
        """Runs the command from the start while something goes wrong; then nothing does."""
        self.restart()
        disturb()
        result = self.bench.docs_tools(*self.words, env=env)
        s3 = self.bench.aws.s3
        s3.mend()
        s3.settle()
        written = [one for one in s3.of("PutObject") if one.key.endswith("versions.json")]
        self.landed = 200 in [one.status for one in written]
        return result

    def cut(self, when: str, number: int) -> Result:
        """Runs the command from the start, and cuts it before a request or after it."""
        s3 = self.bench.aws.s3
        return self.disturbed(
            lambda: s3.cut_before(number) if when == "before" else s3.cut_after(number)
        )

    def left(self, result: Result) -> Iterator[str]:
        """What is wrong after a run that was disturbed, and after the next one."""
        yield from faults(self.bench.objects(), self.old, self.new, prefix=self.case.prefix)
        if result.status not in (0, 1) or "Traceback" in result.err:
            yield f"ended with {result.status}: {result.err}"
        if result.status == 0:  # what was cut off matters to nobody
            yield from self.differences()
        yield from self.after_next_run()

    def after_next_run(self) -> Iterator[str]:
        """What the next run leaves otherwise than one that nothing disturbs."""
        if self.landed and self.case.once:
            yield from self._after_others()
            return
        result = self.bench.docs_tools(*self.words)
        if result.status:
            yield f"the next run ended with {result.status}: {result.err}"
        yield from self.differences()

    def _after_others(self) -> Iterator[str]:
        """What is left otherwise when others take over, as they do after a while.

        What the record says of the folders may differ then.
        """
        self.bench.forget_writers()
        for _ in range(2):
            result = self.bench.docs_tools("versions", "default", "latest")
            if result.status:
                yield f"another run ended with {result.status}: {result.err}"
        yield from (told for told in self.differences() if RECORD not in told.split()[0])
        yield from faults(self.bench.objects(), prefix=self.case.prefix)

    def differences(self) -> Iterator[str]:
        """What the bucket holds otherwise than after a run that nothing disturbs."""
        state = self.bench.state()
        new = {key: calmed(key, stored) for key, stored in self.new.items()}
        for key in sorted(state.keys() | new.keys()):
            if state.get(key) != new.get(key):
                yield f"{key} is {_told(state.get(key))} and not {_told(new.get(key))}"


def _told(stored: Stored | None) -> str:
    """An object in a line, or the record as it is."""
    if stored is None:
        return "not there"
    return stored.content.decode() if b"docs_tools_record" in stored.content else str(stored)[:200]
