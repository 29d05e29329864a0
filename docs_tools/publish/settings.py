"""Where a project publishes, from its configuration."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docs_tools.errors import DocsToolsError
from docs_tools.model.version import check_name

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

__all__ = ["PublishSettings"]


@dataclass(frozen=True)
class PublishSettings:
    """What mike's and our own settings say.

    Attributes:
        branch: The docs branch.
        remote: The remote it is pushed to.
        prefix: mike's `deploy_prefix`: the folder of the branch that holds the versions, or "".
        alias_type: How an alias stands on the branch: `symlink`, `copy` or `redirect`.
        redirect_template: The page that redirects, where the project has one of its own.
        push: Whether to push without being told.
        site_url: The address of the whole site, with a slash at its end, where the project has one.
        canonical_version: The version or alias that canonical links point to, if any.
        use_directory_urls: Whether pages are folders with an index.
        listed: Whether `docs_tools/publish` is listed: then there are files for all versions.
        on_branch: Whether versions go to the branch: with `s3` and no `git` they don't.
        bucket: The bucket and the prefix, such as `s3://docs/guide`, where this is about one.
    """

    branch: str
    remote: str
    prefix: str
    alias_type: str
    redirect_template: Path | None
    push: bool
    site_url: str | None = None
    canonical_version: str | None = None
    use_directory_urls: bool = True
    listed: bool = False
    on_branch: bool = True
    bucket: str | None = None

    @classmethod
    def of(cls, config: "MkDocsConfig") -> "PublishSettings":
        """Reads a loaded configuration.

        Raises:
            DocsToolsError: The prefix leads out of the branch, or a name reads as an option.
        """
        _check_remote(config)
        mike: Any = config.plugins.get("mike")
        options: Any = mike.config if mike else {}
        prefix = str(options.get("deploy_prefix") or "").strip("/")
        if prefix and any(check_name(part, "folder") for part in prefix.split("/")):
            raise DocsToolsError(f"mike: deploy_prefix: {prefix!r} is no folder of the branch")
        own: Any = config.plugins.get("docs_tools/publish")
        template = options.get("redirect_template")
        return cls(
            branch=config.remote_branch,
            remote=config.remote_name,
            prefix=prefix,
            alias_type=options.get("alias_type") or "symlink",
            redirect_template=Path(config.config_file_path).parent / template if template else None,
            push=bool(own and own.config.targets.git.push),
            site_url=config.site_url.rstrip("/") + "/" if config.site_url else None,
            canonical_version=options.get("canonical_version") or None,
            use_directory_urls=config.use_directory_urls,
            listed=own is not None,
            on_branch=not own or own.config.targets.on_branch,
        )

    @property
    def base_url(self) -> str | None:
        """The address of the folder that holds the versions, with a slash at its end.

        Some projects have the prefix in their `site_url` already, as mike forgets it.
        """
        if self.site_url is None or not self.prefix:
            return self.site_url
        if self.site_url.endswith(f"/{self.prefix}/"):
            return self.site_url
        return f"{self.site_url}{self.prefix}/"

    @property
    def place(self) -> str:
        """What to call where the versions are."""
        return self.bucket or self.branch

    def where(self, *parts: str) -> str:
        """What to call something beside the versions, such as `gh-pages:1.0.0/index.html`."""
        return f"{self.place}{'/' if self.bucket else ':'}{self.path(*parts)}"

    def path(self, *parts: str) -> str:
        """A path on the branch, or below the bucket's prefix."""
        return "/".join([self.prefix, *parts] if self.prefix else parts)


def _check_remote(config: "MkDocsConfig") -> None:
    for key in ("remote_name", "remote_branch"):
        value = config[key]
        if not value or value.startswith("-") or any(c.isspace() for c in value):
            raise DocsToolsError(
                f"{key}: {value!r} is no name in git", hint="mend it in mkdocs.yml"
            )
