"""`docs_tools/publish`: where versions go, and what a page says of its version."""

import os
from typing import Any

from mkdocs.config import config_options as opts
from mkdocs.config.base import BaseConfigOption, Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.pages import Page

from docs_tools.build.canonical import current_canonical
from docs_tools.errors import Diagnostic
from docs_tools.plugins.canonical import CanonicalLinks
from docs_tools.plugins.live import add_status_script
from docs_tools.plugins.place import plugin_errors

__all__ = ["BucketTarget", "GitTarget", "PublishConfig", "PublishPlugin", "Targets"]


class _Option(BaseConfigOption[Any]):
    """An option that is taken as it stands.

    MkDocs stops at the first mistake; `docs_tools.publish.bucket.settings` tells all, each with its
    line.

    Args:
        kind: What it is.
        default: What holds where it isn't given.
    """

    def __init__(self, kind: Any, default: Any = None) -> None:
        super().__init__()
        self.kind = kind
        self.default = default


class GitTarget(Config):
    """The branch that mike publishes on: `remote_branch` and `remote_name` of `mkdocs.yml`."""

    push = opts.Type(bool, default=False)
    """Whether `publish` and `hotfix` push without being told."""


class BucketTarget(Config):
    """A bucket of S3, with CloudFront in front of it or not."""

    bucket = _Option(str)
    """The name of the bucket, which has to be there."""

    prefix = _Option(str, default="")
    """What all keys begin with, such as `docs/toolbox`; a slash is put behind it."""

    name = _Option(str, default="s3")
    """What `--target` calls it; two buckets need two names."""

    region = _Option(str)
    """The bucket's region; that of the AWS session by default."""

    owner = _Option(str)
    """The account that must own the bucket, 12 digits in quotes: S3 refuses each request where
    another does."""

    distribution = _Option(str)
    """The id of the CloudFront distribution that is told of changes."""

    origin_path = _Option(bool, default=False)
    """Whether the distribution adds the prefix by its origin path, so that addresses lack it."""

    alias_type = _Option(str)
    """How an alias stands there: `copy` (S3 copies, nothing is sent) or `redirect`. By default as
    mike's `alias_type` says, with `copy` for `symlink`."""

    cache = _Option(list, default=())
    """Rules for `Cache-Control`, such as `{match: "*.pdf", control: "max-age=3600"}`: the first
    whose glob matches counts, and they go before the built-in ones."""

    gzip = _Option(list, default=())
    """Globs of files that are kept compressed; what is compressed already, such as images, isn't
    once more."""

    delete_after = _Option(float, default=24)
    """Hours until what no page refers to any more is deleted: readers with an old page open go on
    finding its assets."""

    public = _Option(bool, default=False)
    """Whether the bucket is meant to be public; otherwise one that is, is told of."""


class Targets(Config):
    """Where versions are published."""

    git = opts.SubConfig(GitTarget)
    """A branch of this repository; with `s3` and without this, versions go to the bucket only."""

    s3 = _Option(dict | list, default=())
    """A bucket of S3, or a list of several."""

    # whether the branch is a target: MkDocs fills in `git` where it isn't given
    on_branch = True

    def load_dict(self, patch: Any) -> None:
        """Takes what is written, and notes whether the branch is among it."""
        if isinstance(patch, dict):
            self.on_branch = "git" in patch or "s3" not in patch
            patch = {**patch, "git": {} if patch.get("git") is None else patch["git"]}
        super().load_dict(patch)


class PublishConfig(Config):
    """Options of `docs_tools/publish`."""

    banner = opts.Type(bool, default=True)
    """Whether pages of a version tell readers that it is old, a pre-release or no longer cared for,
    as `docs-status.js` beside the versions says today."""

    targets = opts.SubConfig(Targets)
    """Where versions are published."""


class PublishPlugin(BasePlugin[PublishConfig]):
    """Holds the settings of the commands; gives the pages of a version what lives beside it.

    A build without a version, such as that of `mkdocs serve`, is not changed.
    """

    def __init__(self) -> None:
        super().__init__()
        self._version: str | None = None
        self._links: CanonicalLinks | None = None
        # where problems of the settings go instead of stopping the build, for a check
        self.findings: list[Diagnostic] | None = None

    @event_priority(100)  # before mike, which changes the site's address
    def _on_config_first(self, config: MkDocsConfig) -> None:
        """Looks at the targets; reads the project's address, and the version that mike names."""
        self._version, self._links = os.environ.get("MIKE_DOCS_VERSION") or None, None
        if self.config.targets.s3 != ():
            from docs_tools.publish.bucket.settings import BucketSettings

            with plugin_errors(self.findings):
                BucketSettings.of(config)
        if not self._version:
            return
        # the commands' code, which a build without a version has no use for
        from docs_tools.publish.settings import PublishSettings

        with plugin_errors():
            settings = PublishSettings.of(config)
        if settings.base_url:
            self._links = CanonicalLinks(
                settings.base_url, self._version, settings.canonical_version, current_canonical()
            )

    @event_priority(-100)  # behind mike
    def _on_config_last(self, config: MkDocsConfig) -> None:
        """Gives the build the address of its version."""
        if self._links:
            config.site_url = self._links.site_url

    on_config = CombinedEvent(_on_config_first, _on_config_last)

    @property
    def missing(self) -> list[str]:
        """The pages of this version that the canonical version does not have, as files."""
        return self._links.missing if self._links else []

    @event_priority(100)  # first: templates and other plugins shall see the final address
    def on_page_context(
        self, context: Any, /, *, page: Page, config: MkDocsConfig, nav: Any
    ) -> None:
        """Points a page to the version that search engines shall show.

        The sitemap is written already. An address that another plugin chose stays.
        """
        if self._links and page.canonical_url == self._links.own(page.url):
            page.canonical_url = self._links.link(page.url, page.file.dest_uri)

    @event_priority(100)  # first: a plugin that minifies may take tags away
    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        """Gives a page of a version the script that tells of it."""
        if not (self._version and self.config.banner):
            return output
        return add_status_script(output, page.file.dest_uri, self._version)
