"""The objects of a plan, sent stage by stage, many at a time."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial

from docs_tools.aws.parallel import run_parallel
from docs_tools.publish.bucket.folders import MD5
from docs_tools.publish.bucket.headers import HeaderRules
from docs_tools.publish.bucket.objects import BucketObjects
from docs_tools.publish.bucket.plan import Plan, Step
from docs_tools.publish.bucket.store import JOBS, Store
from docs_tools.publish.target import Progress

__all__ = ["Sender"]


@dataclass
class Sender:
    """Sends what a plan says.

    Attributes:
        store: The bucket.
        objects: The contents.
        rules: What objects are served with.
        progress: Is told how many objects are sent.
        alive: Is called again and again meanwhile.
    """

    store: Store
    objects: BucketObjects
    rules: HeaderRules
    progress: Progress | None
    alive: Callable[[], None]

    def send(self, plan: Plan) -> None:
        """Sends the stages of a plan one after the other.

        Raises:
            DocsToolsError: An object can't be sent; those under way may arrive yet.
        """
        done = 0
        for stage in plan.stages:
            calls = [partial(self._send, step) for step in stage]
            with closing(run_parallel(calls, JOBS)) as answers:
                for _ in answers:
                    done += 1
                    if self.progress:
                        self.progress(done, plan.steps)
                    self.alive()

    def _send(self, step: Step) -> None:
        if step.source and self._copied(step, step.source):
            return
        self.store.put(step.path, self.objects.read(step.hash), self.rules.of(step.file))

    def _copied(self, step: Step, source: str) -> bool:
        """Has the bucket copy an object; whether it is what it shall be."""
        sum_ = self.store.copy(source, step.path, self.objects.version_of(step.hash))
        if step.hash.startswith(MD5) or self.rules.of(step.file).content_encoding:
            return True
        return sum_ is None or sum_ == step.hash
