"""`docs_tools/publish`: where versions go. The commands read it; a build is not changed by it."""

from mkdocs.config import config_options as opts
from mkdocs.config.base import Config
from mkdocs.plugins import BasePlugin

__all__ = ["GitTarget", "PublishConfig", "PublishPlugin", "Targets"]


class GitTarget(Config):
    """The branch that mike publishes on: `remote_branch` and `remote_name` of `mkdocs.yml`."""

    push = opts.Type(bool, default=False)
    """Whether `publish` and `hotfix` push without being told."""


class Targets(Config):
    """Where versions are published."""

    git = opts.SubConfig(GitTarget)
    """A branch of this repository."""


class PublishConfig(Config):
    """Options of `docs_tools/publish`."""

    targets = opts.SubConfig(Targets)
    """Where versions are published."""


class PublishPlugin(BasePlugin[PublishConfig]):
    """Holds and validates the settings of `docs_tools publish` and `hotfix`."""
