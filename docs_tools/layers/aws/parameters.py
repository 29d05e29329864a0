"""The layer versions of a release, from SSM parameters that hold their ARNs."""

import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from docs_tools.aws.faults import Fault
from docs_tools.aws.session import Session
from docs_tools.errors import DocsToolsError
from docs_tools.layers.aws.answers import Found, Progress
from docs_tools.layers.aws.gather import Task, gather
from docs_tools.layers.aws.regions import Regions
from docs_tools.layers.aws.template import check_template, fill_template, is_path
from docs_tools.layers.aws.values import LayerKey, Parameter, Values
from docs_tools.model.layers import LayerVersion

__all__ = ["find_parameters"]

log = logging.getLogger("mkdocs.docs_tools")

# https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html
_BATCH = 10


@dataclass(frozen=True)
class _Query:
    """What one call asks for.

    Attributes:
        region: Where.
        names: The parameters' names, or one path.
        layers: The layers that each may hold the ARN of.
    """

    region: str
    names: tuple[str, ...]
    layers: Mapping[str, frozenset[LayerKey]]


def find_parameters(
    session: Session,
    template: str,
    layers: Sequence[LayerVersion],
    version: str,
    *,
    jobs: int = 8,
    excused: Collection[str] = (),
    progress: Progress | None = None,
) -> Found:
    """Reads the ARNs of a release from SSM parameters, in every region.

    Args:
        session: A session that may read the parameters.
        template: A parameter's name, in which `{architecture}`, `{runtime}` and `{version}` stand
            for what they are called in the data; or, with `/` at the end, a path: then each ARN of
            one of the layers counts that is in a parameter below it.
        layers: The layers to ask for; their numbers don't matter.
        version: The release.
        jobs: How many calls run at a time.
        excused: Regions that may stay without an answer.
        progress: Is told after each call.

    Returns:
        The layer versions of the parameters that are there.

    Raises:
        DocsToolsError: The template can't be used, a region gives no answer and isn't excused, or a
            parameter holds something else. The problems of all regions are in it.
    """
    check_template(template)
    below = is_path(template)
    queries = list(_queries(template, layers, version))
    action = "ssm:GetParametersByPath" if below else "ssm:GetParameters"
    regions = Regions(action, {query.region for query in queries}, excused)
    clients = session.clients("ssm", set(regions.asked), jobs)
    ask = _ask_below if below else _ask
    tasks = [Task(q.region, partial(ask, clients[q.region], q.names)) for q in queries]
    values = Values(strict=not below)
    for query, answer in zip(queries, gather(tasks, jobs, progress), strict=True):
        if isinstance(answer, Fault):
            regions.add(query.region, answer)
            continue
        log.debug("%s in %s: %d", action, query.region, len(answer))
        for name, value in answer:
            expected = query.layers[query.names[0] if below else name]
            values.add(Parameter(name, query.region, value), expected)
    problems = (*regions.problems, *values.problems)
    if problems:
        raise DocsToolsError(f"SSM doesn't tell all numbers of {version}", diagnostics=problems)
    order = dict.fromkeys(layer.arn.layer for layer in layers)
    return Found(tuple(values.arns[key] for key in order if key in values.arns), regions.notices)


def _queries(template: str, layers: Sequence[LayerVersion], version: str) -> Iterator[_Query]:
    """The calls to make: one for each path, or for as many names as one call takes."""
    wanted: dict[str, dict[str, set[LayerKey]]] = {}
    for layer in layers:
        name = fill_template(template, layer, version)
        wanted.setdefault(layer.arn.region, {}).setdefault(name, set()).add(layer.arn.layer)
    for region, by_name in wanted.items():
        names = tuple(by_name)
        for start in range(0, len(names), _BATCH):
            batch = names[start : start + _BATCH]
            yield _Query(region, batch, {name: frozenset(by_name[name]) for name in batch})


def _ask(client: Any, names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Names and values of the parameters that are there."""
    answer = client.get_parameters(Names=list(names))
    return [(item["Name"], item["Value"]) for item in answer.get("Parameters", ())]


def _ask_below(client: Any, names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Names and values of all parameters below a path, page by page."""
    paginator = client.get_paginator("get_parameters_by_path")
    path = names[0].rstrip("/") or "/"
    return [
        (item["Name"], item["Value"])
        for page in paginator.paginate(Path=path, Recursive=True)
        for item in page.get("Parameters", ())
    ]
