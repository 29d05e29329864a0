"""The layer versions of a release, from lists of all that an account has: `ListLayerVersions`."""

import logging
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from docs_tools.aws.faults import Fault
from docs_tools.aws.session import Session
from docs_tools.errors import Diagnostic, DocsToolsError
from docs_tools.layers.aws.answers import Found, Progress
from docs_tools.layers.aws.description import names_release
from docs_tools.layers.aws.gather import Task, gather
from docs_tools.layers.aws.regions import Regions
from docs_tools.layers.aws.values import LayerKey
from docs_tools.model.arn import LayerArn
from docs_tools.model.layers import LayerVersion

__all__ = ["find_versions"]

log = logging.getLogger("mkdocs.docs_tools")

_ACTION = "lambda:ListLayerVersions"


@dataclass(frozen=True)
class _Listed:
    """A layer version as a list has it."""

    arn: str
    description: str


def find_versions(
    session: Session,
    layers: Sequence[LayerVersion],
    version: str,
    *,
    jobs: int = 8,
    excused: Collection[str] = (),
    progress: Progress | None = None,
) -> Found:
    """Asks for the layer versions whose description names a release.

    Args:
        session: A session of the account that owns the layers.
        layers: The layers to ask for; their numbers don't matter.
        version: The release.
        jobs: How many calls run at a time.
        excused: Regions that may stay without an answer.
        progress: Is told after each layer of each region.

    Returns:
        The newest layer version that names the release, for each layer that has one.

    Raises:
        DocsToolsError: A region gives no answer and isn't excused, or the layers are another
            account's. The problems of all regions are in it.
    """
    asked = list(dict.fromkeys(layer.arn.layer for layer in layers))
    regions = Regions(_ACTION, {region for _, region, _, _ in asked}, excused)
    clients = session.clients("lambda", set(regions.asked), jobs)
    tasks = [Task(region, partial(_list, clients[region], name)) for _, region, _, name in asked]
    chosen = _Chosen(version)
    for layer, answer in zip(asked, gather(tasks, jobs, progress), strict=True):
        if not isinstance(answer, Fault):
            log.debug("%s %s in %s: %d", _ACTION, layer[3], layer[1], len(answer))
            chosen.add(layer, answer)
        elif not answer.missing:  # a layer that was never published has no versions
            regions.add(layer[1], answer)
    problems = (*regions.problems, *chosen.problems)
    if problems:
        raise DocsToolsError(f"AWS doesn't tell all numbers of {version}", diagnostics=problems)
    return Found(tuple(chosen.arns), (*regions.notices, *chosen.notices))


def _list(client: Any, name: str) -> list[_Listed]:
    """All versions of a layer in one region, page by page."""
    pages = client.get_paginator("list_layer_versions").paginate(LayerName=name)
    return [
        _Listed(item["LayerVersionArn"], item.get("Description", ""))
        for page in pages
        for item in page.get("LayerVersions", ())
    ]


class _Chosen:
    """The layer versions of a release, and what is odd about them."""

    def __init__(self, version: str) -> None:
        self._version = version
        self.arns: list[LayerArn] = []
        self._foreign: dict[tuple[str, str], set[str]] = {}
        self._malformed: list[Diagnostic] = []
        self._several: dict[tuple[str, tuple[int, ...]], list[str]] = {}

    def add(self, layer: LayerKey, listed: list[_Listed]) -> None:
        """Takes the layer version that names the release, if any does."""
        _, region, _, name = layer
        found = sorted(self._of_release(layer, listed), reverse=True)
        if not found:
            return
        self.arns.append(found[0])
        if len(found) > 1:
            numbers = tuple(arn.number for arn in reversed(found))
            self._several.setdefault((name, numbers), []).append(region)

    def _of_release(self, layer: LayerKey, listed: list[_Listed]) -> Iterator[LayerArn]:
        partition, region, account, name = layer
        for item in listed:
            try:
                arn = LayerArn.parse(item.arn)
            except ValueError as error:
                message = f"{_ACTION} in {region}: {error}"
                self._malformed.append(Diagnostic(message))
                continue
            if arn.account != account:
                self._foreign.setdefault((arn.account, account), set()).add(region)
            elif arn.layer != (partition, region, account, name):
                message = f"{_ACTION} in {region} was asked for {name} and answers {arn}"
                self._malformed.append(Diagnostic(message))
            elif names_release(item.description, self._version):
                yield arn

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """What can't be used."""
        foreign = [
            Diagnostic(
                f"the credentials are of account {actual}, the data says {expected}"
                f" in {', '.join(sorted(regions))}",
                hint=f"use those of {expected}, such as with AWS_PROFILE, or correct the data",
            )
            for (actual, expected), regions in sorted(self._foreign.items())
        ]
        return (*foreign, *self._malformed)

    @property
    def notices(self) -> tuple[str, ...]:
        """Where a release was published more than once."""
        return tuple(
            f"{name}: {' and '.join(map(str, numbers))} name {self._version} in "
            f"{', '.join(sorted(regions))}; {numbers[-1]} is taken"
            for (name, numbers), regions in sorted(self._several.items())
        )
