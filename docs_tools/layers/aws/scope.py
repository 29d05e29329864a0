"""Which layers a session can be asked for: those of its partition, in the regions wanted."""

from collections.abc import Collection, Iterable, Sequence

from docs_tools.aws.session import Session, partition_of_session
from docs_tools.errors import DocsToolsError
from docs_tools.model.layers import LayerVersion
from docs_tools.model.nearest import find_nearest, list_some

__all__ = ["check_regions", "in_reach"]


def in_reach(
    session: Session, layers: Sequence[LayerVersion], regions: Collection[str] = ()
) -> tuple[tuple[LayerVersion, ...], tuple[str, ...]]:
    """Takes the layers that a session can ask for, and tells of the others.

    Credentials are good for one partition: GovCloud and China have accounts of their own.

    Args:
        session: The session.
        layers: The layers.
        regions: The regions to ask in; every one of the partition if none is given.

    Raises:
        DocsToolsError: A region has no layer, or nothing is left to ask for.
    """
    check_regions(regions, (layer.arn.region for layer in layers))
    partition = partition_of_session(session)
    wanted = [layer for layer in layers if not regions or layer.arn.region in regions]
    asked = tuple(layer for layer in wanted if layer.arn.partition == partition)
    if not asked:
        hint = "name a profile with credentials for the layers' partition: AWS_PROFILE"
        raise DocsToolsError(f"the session is of {partition}, where no layer is", hint=hint)
    others = [layer.arn.partition for layer in wanted if layer.arn.partition != partition]
    notices = tuple(
        f"{others.count(other)} layer versions in {other} were not asked for: the credentials are"
        f" of {partition}"
        for other in dict.fromkeys(others)
    )
    return asked, notices


def check_regions(regions: Iterable[str], known: Iterable[str]) -> None:
    """Sees that regions are ones of layers, before anybody is asked.

    Args:
        regions: The regions that the user names.
        known: Where there are layers.

    Raises:
        DocsToolsError: A region is misspelled, or has no layer.
    """
    names = list(dict.fromkeys(known))
    for region in regions:
        if region not in names:
            near = find_nearest(region, names)
            hint = f"did you mean {near}?" if near else f"there is: {list_some(names)}"
            raise DocsToolsError(f'no layer is in a region "{region}"', hint=hint)
