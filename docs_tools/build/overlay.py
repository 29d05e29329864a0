"""Today's settings for another commit's project."""

from docs_tools.build.plugin_settings import HANDBOOK, PluginSettings, options_of, overlay
from docs_tools.build.project import Project

__all__ = ["laid_over"]


def laid_over(there: Project, here: Project) -> PluginSettings:
    """A ref's plugins with our settings of the checkout; no handbook where its data isn't there.

    Args:
        there: The project as the ref has it.
        here: The project in the checkout.
    """
    plugins = overlay(there.plugins, here.plugins, here.folder)
    knows = options_of(there.plugins, HANDBOOK) is not None
    if knows or there.data_folder(plugins).is_dir():
        return plugins
    return [(name, options) for name, options in plugins if name != HANDBOOK]
