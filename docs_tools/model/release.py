"""How a release runs (`release.yml`)."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from docs_tools.model.document import KeyPath
from docs_tools.model.fields import Duration, Fact, Identifier, Problem, Text
from docs_tools.model.schedule import CycleError, Schedule, Step, compute_schedule

__all__ = ["Estimate", "Job", "Milestone", "ReleaseProcess", "Section"]


class Job(Fact):
    """A job of the release workflow."""

    id: Identifier
    """Unique in the process."""

    name: Text
    """What the job does; names may repeat."""

    duration: Duration
    """How long it takes, such as `8s` or `2.2m`."""

    after: tuple[str, ...] | None = None
    """Ids of what it waits for; the job before it in its section if this isn't given."""


class Section(Fact):
    """Jobs that belong together; one after the other where they name no other dependency."""

    name: Text
    """The section's heading."""

    jobs: tuple[Job, ...]
    """The jobs in order."""


class Milestone(Fact):
    """A point in time: when all that it waits for is done. It lasts no time."""

    id: Identifier
    """Unique in the process."""

    name: Text
    """What is reached."""

    after: tuple[str, ...] = ()
    """Ids of what it waits for; the process' start if there is none."""

    at: Duration | None = None
    """Time from the process' start, where it comes later than what it waits for."""


class Estimate(Fact):
    """What maintainers are told to expect: from, and up to."""

    least: Duration
    """The time that it takes at least."""

    most: Duration
    """The time that it takes at most."""


class ReleaseProcess(Fact):
    """`release.yml`: sections of jobs and the milestones between them."""

    title: Text
    """The diagram's title."""

    estimate: Estimate | None = None
    """How long the whole takes, waiting for machines included; the jobs must fit in."""

    sections: tuple[Section, ...]
    """The process in the order to show it."""

    milestones: tuple[Milestone, ...] = ()
    """The milestones in the order to show them."""

    @property
    def schedule(self) -> Schedule:
        """Start and end of every job and milestone, computed from durations and dependencies.

        Raises:
            CycleError: Jobs wait for each other; `check` reports it with its place.
        """
        return compute_schedule(self.steps)

    def check(self) -> Iterator[Problem]:
        """Ids are unique, dependencies exist and have no cycle, milestones don't come early."""
        problems = [*self._check_ids(), *self._check_dependencies()]
        yield from problems
        if problems:
            return
        try:
            schedule = self.schedule
        except CycleError as error:
            hint = "one of them must not wait for the next"
            yield Problem(self._paths()[error.ids[0]], str(error), hint)
            return
        yield from self._check_estimate(schedule.total)
        for i, milestone in enumerate(self.milestones):
            ready = max((schedule[id].end for id in milestone.after), default=0)
            if milestone.at is not None and milestone.at < ready:
                message = f"{milestone.at} s comes before what it waits for ends ({ready} s)"
                hint = "leave `at` out: the milestone then stands where its jobs end"
                yield Problem(("milestones", i, "at"), message, hint)

    def _check_estimate(self, total: int) -> Iterator[Problem]:
        estimate = self.estimate
        if estimate and not estimate.least <= total <= estimate.most:
            message = f"the jobs take {total} s, which is not between the two"
            yield Problem(("estimate",), message, "mend the durations, or what you tell people")

    @property
    def steps(self) -> dict[str, Step]:
        """Every job and milestone by its id, with what it waits for."""
        steps: dict[str, Step] = {}
        for section in self.sections:
            previous: tuple[str, ...] = ()
            for job in section.jobs:
                steps[job.id] = Step(job.duration, previous if job.after is None else job.after)
                previous = (job.id,)
        for milestone in self.milestones:
            steps[milestone.id] = Step(0, milestone.after, milestone.at or 0)
        return steps

    def _items(self) -> Iterator[tuple[KeyPath, Job | Milestone]]:
        for s, section in enumerate(self.sections):
            for j, job in enumerate(section.jobs):
                yield ("sections", s, "jobs", j), job
        for m, milestone in enumerate(self.milestones):
            yield ("milestones", m), milestone

    def _paths(self) -> Mapping[str, KeyPath]:
        return {item.id: path for path, item in self._items()}

    def _check_ids(self) -> Iterator[Problem]:
        seen: set[str] = set()
        for path, item in self._items():
            if item.id in seen:
                hint = "names may repeat, ids may not"
                yield Problem((*path, "id"), f'the id "{item.id}" is taken', hint)
            seen.add(item.id)
        if not any(section.jobs for section in self.sections):
            yield Problem(("sections",), "no job", "a process has at least one")

    def _check_dependencies(self) -> Iterator[Problem]:
        known = self._paths()
        for path, item in self._items():
            for i, name in enumerate(item.after or ()):
                if name not in known:
                    near = get_close_matches(name, known, 1)
                    hint = f'did you mean "{near[0]}"?' if near else "name a job or a milestone"
                    yield Problem((*path, "after", i), f'no job has the id "{name}"', hint)
