"""Options that several verbs share."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

__all__ = [
    "Writing",
    "build_options",
    "config_file",
    "global_options",
    "json_option",
    "publish_options",
    "site_options",
    "target_option",
    "verbosity",
    "write_options",
]

F = TypeVar("F", bound=Callable[..., Any])


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
    """An option holds wherever it stands; the one behind the verb wins."""
    if value not in (None, False):
        ctx.find_root().ensure_object(dict)[param.name] = value
    return value


def global_options(function: F) -> F:
    """`-f`, `-q`, `-v`, which work before and behind the verb."""
    path = click.Path(path_type=Path)
    for option in (
        click.option("-v", "--verbose", is_flag=True, expose_value=False, callback=_keep,
                     help="Say more."),
        click.option("-q", "--quiet", is_flag=True, expose_value=False, callback=_keep,
                     help="Say nothing but errors."),
        click.option("-f", "--config-file", type=path, expose_value=False, callback=_keep,
                     metavar="FILE", help="The project's mkdocs.yml."),
    ):  # fmt: skip
        function = option(function)
    return function


def config_file() -> Path | None:
    """The file of `-f`, if one was given."""
    found: Path | None = _root().get("config_file")
    return found


def verbosity() -> int:
    """-1 with `-q`, 1 with `-v`, else 0."""
    return -1 if _root().get("quiet") else 1 if _root().get("verbose") else 0


def json_option(function: F) -> F:
    """`--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")(
        function
    )


def build_options(function: F) -> F:
    """`--ref`, `--layers`."""
    path = click.Path(path_type=Path)
    for option in (
        click.option("--layers", type=path, metavar="SOURCE",
                     help="File or folder of layer ARNs: text, or outputs of cdk deploy."),
        click.option("--ref", metavar="REF", help="Build this tag, branch or commit."),
    ):  # fmt: skip
        function = option(function)
    return function


def target_option(function: F) -> F:
    """`--target`."""
    return click.option("--target", "targets", multiple=True, metavar="NAME",
                        help="Only this target of mkdocs.yml; may be given several times.")(
        function
    )  # fmt: skip


@dataclass(frozen=True)
class Writing:
    """How a command writes.

    Attributes:
        push: Whether anything leaves this machine; as the configuration says if it isn't said.
        dry_run: Whether to stop before anything is written.
        as_json: Whether to print one JSON document.
        targets: The targets to write to; all of the configuration if there are none.
        wait: Whether to wait until the CDN shows what is new.
    """

    push: bool | None
    dry_run: bool
    as_json: bool
    targets: tuple[str, ...]
    wait: bool


def write_options(function: F) -> F:
    """`--target`, `--push`, `--wait`, `--dry-run` and `--json`, all as the argument `how`."""

    @wraps(function)
    def gather(*args: Any, **kwargs: Any) -> Any:
        how = Writing(**{field.name: kwargs.pop(field.name) for field in fields(Writing)})
        return function(*args, **kwargs, how=how)

    written: Any = target_option(json_option(gather))
    for option in (
        click.option("--wait", is_flag=True, help="Wait until CloudFront shows what is new."),
        click.option("--dry-run", is_flag=True, help="Only tell what would be done."),
        click.option("--push/--no-push", default=None,
                     help="Push the docs branch; or let nothing leave this machine."),
    ):  # fmt: skip
        written = option(written)
    return written  # type: ignore[no-any-return]


def site_options(function: F) -> F:
    """`--site-dir`, `--allow-dirty` and those of a build: what site it is about."""

    @wraps(function)
    def check(*args: Any, **kwargs: Any) -> Any:
        if kwargs["allow_dirty"] and kwargs["ref"] is not None:
            raise click.UsageError(
                "--allow-dirty builds the working tree and --ref a commit: choose one."
            )
        for option in ("layers", "allow_dirty"):
            if kwargs["site_dir"] and kwargs[option]:
                raise click.UsageError(
                    f"--site-dir takes a site as it is: --{option.replace('_', '-')} has "
                    "nothing to do there."
                )
        if kwargs["ref"] is not None:
            from docs_tools.git import check_ref

            check_ref(kwargs["ref"])
        return function(*args, **kwargs)

    checked: Any = check
    for option in (
        click.option("--allow-dirty", is_flag=True, help="Build with uncommitted changes."),
        click.option("--site-dir", type=click.Path(path_type=Path), metavar="DIR",
                     help="Take this site, which was built elsewhere; --ref says from what."),
    ):  # fmt: skip
        checked = option(checked)
    return build_options(checked)  # type: ignore[no-any-return]


def publish_options(function: F) -> F:
    """`--version`, what site it is about, and the options of a write."""
    written: Any = site_options(write_options(function))
    for option in (
        click.option("--thorough", is_flag=True,
                     help="Look at each object of a bucket; send what is missing or altered."),
        click.option("--version", required=True, metavar="V", help="The version."),
    ):  # fmt: skip
        written = option(written)
    return written  # type: ignore[no-any-return]


def _root() -> dict[str, Any]:
    root: dict[str, Any] = click.get_current_context().find_root().ensure_object(dict)
    return root
