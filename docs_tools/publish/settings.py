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
    """

    branch: str
    remote: str
    prefix: str
    alias_type: str
    redirect_template: Path | None
    push: bool

    @classmethod
    def of(cls, config: "MkDocsConfig") -> "PublishSettings":
        """Reads a loaded configuration.

        Raises:
            DocsToolsError: The prefix leads out of the branch.
        """
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
        )

    def path(self, *parts: str) -> str:
        """A path on the branch."""
        return "/".join([self.prefix, *parts] if self.prefix else parts)
