"""Changes of what is published that build nothing: aliases, titles, marks, deletion, rollback."""

from docs_tools.publish.edits.delete import Delete
from docs_tools.publish.edits.entries import AddAliases, Hide, Mark, Retitle, Show
from docs_tools.publish.edits.prune import Prune
from docs_tools.publish.edits.redirect import SetDefault
from docs_tools.publish.edits.rollback import Rollback

__all__ = [
    "AddAliases",
    "Delete",
    "Hide",
    "Mark",
    "Prune",
    "Retitle",
    "Rollback",
    "SetDefault",
    "Show",
]
