"""Layer versions that the data has, asked for one by one: `GetLayerVersion`."""

import logging
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from docs_tools.aws.faults import Fault
from docs_tools.aws.session import Session
from docs_tools.errors import Diagnostic
from docs_tools.layers.aws.answers import Progress, Verified
from docs_tools.layers.aws.description import names_another_release
from docs_tools.layers.aws.gather import Task, gather
from docs_tools.layers.aws.regions import Regions
from docs_tools.model.arn import LayerArn
from docs_tools.model.layers import LayerVersion

__all__ = ["verify_versions"]

log = logging.getLogger("mkdocs.docs_tools")

_ACTION = "lambda:GetLayerVersion"


@dataclass(frozen=True)
class _Told:
    """What AWS tells of a layer version; the signed address of its content is none of it."""

    arn: str
    description: str


def verify_versions(
    session: Session,
    layers: Sequence[LayerVersion],
    version: str | None,
    *,
    jobs: int = 8,
    excused: Collection[str] = (),
    progress: Progress | None = None,
) -> Verified:
    """Asks for each layer version whether it is there, public, and of the release.

    Args:
        session: Any session of the layers' partition.
        layers: The layer versions.
        version: The release that their descriptions should name, if they name one.
        jobs: How many calls run at a time.
        excused: Regions that may stay without an answer.
        progress: Is told after each layer version.

    Returns:
        Every finding of every region.

    Raises:
        DocsToolsError: The session can't be used.
    """
    arns = list(dict.fromkeys(layer.arn for layer in layers))
    regions = Regions(_ACTION, {arn.region for arn in arns}, excused)
    clients = session.clients("lambda", set(regions.asked), jobs)
    tasks = [Task(arn.region, partial(_get, clients[arn.region], arn)) for arn in arns]
    findings: list[Diagnostic] = []
    right = 0
    denied: dict[str, list[tuple[LayerArn, Fault]]] = {}
    for arn, answer in zip(arns, gather(tasks, jobs, progress), strict=True):
        log.debug("%s %s: %s", _ACTION, arn, getattr(answer, "reason", "there"))
        if not isinstance(answer, Fault):
            wrong = _compare(arn, answer, version)
            findings += wrong
            right += not wrong
        elif answer.missing:
            findings.append(Diagnostic(f"{arn} isn't there", hint="correct the number"))
        elif answer.denied:
            denied.setdefault(arn.region, []).append((arn, answer))
        else:
            regions.add(arn.region, answer)
    count = Counter(arn.region for arn in arns)
    for region, refused in denied.items():
        findings += _refused(refused, regions, alone=len(refused) < max(count[region], 2))
    return Verified((*findings, *regions.problems), regions.notices, right)


def _get(client: Any, arn: LayerArn) -> _Told:
    """Asks by the layer's ARN: it may be another account's."""
    layer = str(arn).rpartition(":")[0]
    answer = client.get_layer_version(LayerName=layer, VersionNumber=arn.number)
    return _Told(str(answer.get("LayerVersionArn")), answer.get("Description") or "")


def _compare(arn: LayerArn, told: _Told, version: str | None) -> list[Diagnostic]:
    if told.arn != str(arn):
        return [Diagnostic(f"asked for {arn}, AWS answers {told.arn}")]
    other = names_another_release(told.description, version) if version else None
    if not other:
        return []
    message = f'{arn} is {other} by its description, not {version}: "{told.description}"'
    return [Diagnostic(message, hint="correct the number in the data")]


def _refused(
    refused: list[tuple[LayerArn, Fault]], regions: Regions, *, alone: bool
) -> list[Diagnostic]:
    """AWS says the same of a version that isn't there, one that isn't public, and a call denied.

    Args:
        refused: The layer versions of one region that AWS doesn't tell of.
        regions: Gets the region, where it is excused or all of it is refused.
        alone: Whether AWS told of others there, so that these are the ones at fault.
    """
    arn, fault = refused[0]
    if arn.region in regions.excused:
        regions.add(arn.region, fault)
        return []
    if not alone:
        mend = "see whether they are there and public, and allow {action}"
        regions.add(arn.region, Fault(f"every layer version is {fault.reason}", mend))
        return []
    hint = "correct the number, or let everybody read it: aws lambda add-layer-version-permission"
    return [
        Diagnostic(f"{arn} is {fault.reason}: it isn't there, or isn't public", hint=hint)
        for arn, fault in refused
    ]
