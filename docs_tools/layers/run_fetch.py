"""`layers fetch`: a release's numbers, from wherever they are, into the data file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from docs_tools.errors import DocsToolsError
from docs_tools.files import replace_contents
from docs_tools.layers.aws.answers import Found, Progress
from docs_tools.layers.fetch import Fetched, plan_fetch
from docs_tools.layers.fetch.request import Request
from docs_tools.layers.sources import load_arns
from docs_tools.model.layers import Layers, LayerVersion
from docs_tools.model.version import is_release

__all__ = ["AWS", "PARAMETERS", "FetchRequest", "fetch"]

AWS = "aws"
"""The source that is AWS's own list of layer versions."""

PARAMETERS = "ssm:"
"""How a source begins that is SSM parameters; their name comes behind it."""


@dataclass(frozen=True)
class FetchRequest:
    """What to find out, and where.

    Attributes:
        data: What the data file says.
        file: The data file.
        name: The data file as the user would name it.
        version: The release.
        source: A file or folder of ARNs, `aws`, or `ssm:` and a parameter's name.
        regions: The regions to look at; all if none is given.
        layers: The ids of the layers that must be there; whichever are, if none is given.
        excused: Regions that may be missing.
        jobs: How many calls run at a time.
        allow_lower: Whether the release's number may become smaller than it is noted.
        dry_run: Whether to write nothing.
    """

    data: Layers
    file: Path
    name: str
    version: str
    source: str
    regions: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    excused: tuple[str, ...] = ()
    jobs: int = 8
    allow_lower: bool = False
    dry_run: bool = False


def fetch(request: FetchRequest, progress: Progress | None = None) -> Fetched:
    """Finds out the numbers of a release and notes them in the data file.

    Args:
        request: What to find out.
        progress: Is told how many calls are done.

    Raises:
        DocsToolsError: The numbers can't be had, are incomplete or can't be right; then nothing is
            written.
    """
    _check_names(request)
    found = _ask(request, progress)
    # the text as it is: whatever ends its lines, and a byte order mark
    text = request.file.read_bytes().decode("utf-8")
    fetched = plan_fetch(
        request.data,
        text,
        request.name,
        request.version,
        found.arns,
        source=request.source,
        excused=request.excused,
        regions=request.regions,
        layers=request.layers,
        allow_lower=request.allow_lower,
    )
    if fetched.changed and not request.dry_run:
        replace_contents([(request.file, fetched.text.encode("utf-8"))])
    return replace(fetched, notices=(*found.notices, *fetched.notices))


def _check_names(asked: FetchRequest) -> None:
    """The version is a release, layers and regions are those of the data.

    Nobody is asked for what is misspelled.
    """
    if not is_release(asked.version):
        hint = "numbers belong to one release: give --version such as 2.20.0"
        raise DocsToolsError(f'"{asked.version}" is no release', hint=hint)
    Request(
        asked.data,
        asked.name,
        asked.version,
        asked.source,
        frozenset(asked.excused),
        frozenset(asked.regions),
        frozenset(asked.layers),
        asked.allow_lower,
    ).check_names()


def _ask(request: FetchRequest, progress: Progress | None) -> Found:
    if request.source != AWS and not request.source.startswith(PARAMETERS):
        return Found(load_arns(Path(request.source)))

    from docs_tools.aws.session import open_session
    from docs_tools.layers.aws.listing import find_versions
    from docs_tools.layers.aws.parameters import find_parameters
    from docs_tools.layers.aws.scope import in_reach
    from docs_tools.layers.aws.template import check_template

    if request.source != AWS:  # before anybody signs in for it
        check_template(request.source.removeprefix(PARAMETERS))
    session = open_session()
    asked, notices = in_reach(session, _wanted(request), request.regions)
    if request.source == AWS:
        found = find_versions(
            session,
            asked,
            request.version,
            jobs=request.jobs,
            excused=request.excused,
            progress=progress,
        )
    else:
        found = find_parameters(
            session,
            request.source.removeprefix(PARAMETERS),
            asked,
            request.version,
            jobs=request.jobs,
            excused=request.excused,
            progress=progress,
        )
    return replace(found, notices=(*notices, *found.notices))


def _wanted(request: FetchRequest) -> Sequence[LayerVersion]:
    """The layers to ask for, in every region that has them."""
    layers = request.data.layers
    chosen = [layer for layer in layers if not request.layers or layer.id in request.layers]
    return [version for layer in chosen for version in layer.expand(1)]
