"""What is published, to be read: the newest state of a branch or a bucket."""

from docs_tools.build import Project
from docs_tools.publish.published import Published
from docs_tools.publish.targets import reader_of

__all__ = ["read_published"]


def read_published(
    project: Project,
    target: str | None = None,
    *,
    thorough: bool = False,
    history: bool = False,
) -> Published:
    """Reads what is published.

    Args:
        project: The project.
        target: Where, if the project publishes in several places; the first of them by default.
        thorough: Whether what is kept is looked at, and not only what is known of it.
        history: Whether older states are asked for.

    Raises:
        DocsToolsError: There is no such place, it can't be read, or the list there is broken.
    """
    return reader_of(project, target).read(thorough=thorough, history=history)
