"""`docs_tools s3 invalidate`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from docs_tools.cli.arguments import check_names
from docs_tools.cli.options import global_options, json_option, target_option, verbosity

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from docs_tools.publish.bucket.settings import BucketSettings
    from docs_tools.publish.cloudfront.invalidate import Invalidation

__all__ = ["command"]


@dataclass(frozen=True)
class _Plan:
    """What a distribution shall forget."""

    target: str
    distribution: str
    paths: tuple[str, ...]

    def to_json(self, made: "Invalidation | None") -> dict[str, object]:
        return {
            "target": self.target,
            "distribution": self.distribution,
            "paths": self.paths,
            "id": made.id if made else None,
            "status": made.status if made else None,
        }


@click.command("invalidate")
@click.argument("names", nargs=-1, metavar="[NAME]...", callback=check_names)
@target_option
@click.option("--wait", is_flag=True, help="Wait until all caches have forgotten it.")
@click.option("--dry-run", is_flag=True, help="Only tell what would be done.")
@json_option
@global_options
def command(
    names: tuple[str, ...], targets: tuple[str, ...], wait: bool, dry_run: bool, as_json: bool
) -> None:
    """Have CloudFront forget what its caches hold of the site.

    NAMEs are versions and aliases; the files beside them are always included. Everything is
    forgotten if none is given. A publish does this by itself: this is for where it couldn't.
    """
    from docs_tools.cli.project import current_project
    from docs_tools.cli.report import print_json
    from docs_tools.errors import DocsToolsError
    from docs_tools.publish.targets import check_failures

    names = tuple(dict.fromkeys(names))
    plans = _plans(current_project().load(), names, targets)
    made: dict[str, Invalidation | None] = {}
    failures: dict[str, DocsToolsError] = {}
    for plan in plans:
        try:
            made[plan.target] = None if dry_run else _invalidate(plan, wait=wait)
        except DocsToolsError as error:
            if len(plans) == 1:
                raise
            failures[plan.target] = error
        else:
            if not as_json and verbosity() >= 0:
                _tell(plan, made[plan.target])
    if as_json:
        done = [plan.to_json(made[plan.target]) for plan in plans if plan.target in made]
        print_json({"dry_run": dry_run, "invalidations": done})
    check_failures(failures, " ".join(["docs_tools s3 invalidate", *names]))


def _plans(config: "MkDocsConfig", names: Sequence[str], targets: Sequence[str]) -> list[_Plan]:
    """What each distribution shall forget.

    Raises:
        DocsToolsError: The settings are wrong, there is no such target, or none has a distribution.
    """
    from docs_tools.publish.bucket.settings import BucketSettings
    from docs_tools.publish.cloudfront.folders import base_of, paths_of_folders
    from docs_tools.publish.settings import PublishSettings

    settings = PublishSettings.of(config)
    return [
        _Plan(
            bucket.name,
            bucket.distribution,
            paths_of_folders(base_of(bucket, settings.prefix), names),
        )
        for bucket in _with_distribution(BucketSettings.of(config), targets)
        if bucket.distribution
    ]


def _with_distribution(
    buckets: "Sequence[BucketSettings]", targets: Sequence[str]
) -> "list[BucketSettings]":
    """The buckets with CloudFront before them that are asked for.

    Raises:
        DocsToolsError: There is none, or not all that were asked for are such.
    """
    from docs_tools.errors import DocsToolsError

    there = {bucket.name: bucket for bucket in buckets if bucket.distribution}
    hint = "set `distribution` of the target in mkdocs.yml to the id of the distribution"
    if not there:
        raise DocsToolsError("no target in mkdocs.yml has a CloudFront distribution", hint=hint)
    for name in targets:
        if name not in there:
            if name in {bucket.name for bucket in buckets}:
                raise DocsToolsError(f'the target "{name}" has no distribution', hint=hint)
            known = f"there are: {', '.join(there)}"
            raise DocsToolsError(f'there is no bucket target "{name}" in mkdocs.yml', hint=known)
    return [bucket for name, bucket in there.items() if not targets or name in targets]


def _invalidate(plan: _Plan, *, wait: bool) -> "Invalidation":
    from docs_tools.aws.session import open_session
    from docs_tools.publish.cloudfront.invalidate import cloudfront_client, invalidate

    client = cloudfront_client(open_session())
    return invalidate(client, plan.distribution, plan.paths, wait=wait)


def _tell(plan: _Plan, made: "Invalidation | None") -> None:
    from docs_tools.cli.report import counted, print_some

    what = f"{counted(len(plan.paths), 'path')} of {plan.distribution} ({plan.target})"
    click.echo(f"invalidated {what}" if made else f"would invalidate {what}")
    print_some(list(plan.paths))
    if made:
        state = "all caches have forgotten them" if made.status == "Completed" else "under way"
        click.echo(f"  {made.id}: {state}")
