"""`docs_tools hotfix`."""

from pathlib import Path

import click

from docs_tools.cli.options import global_options, publish_options

__all__ = ["command"]


@click.command("hotfix")
@publish_options
@global_options
def command(
    version: str,
    ref: str | None,
    site_dir: Path | None,
    layers: Path | None,
    push: bool | None,
    dry_run: bool,
    allow_dirty: bool,
    as_json: bool,
) -> None:
    """Rebuild a version that is published already.

    The user guide and the API reference are built again, layer numbers are inserted, and the
    result takes the place of the version; its aliases stay. No release runs.
    """
    from docs_tools.cli.project import current_project
    from docs_tools.cli.report import print_json, print_outcome
    from docs_tools.publish import HotfixRequest, hotfix
    from docs_tools.publish.versions.names import check_version

    check_version(version)
    outcome = hotfix(
        HotfixRequest(
            current_project(),
            version,
            ref=ref,
            site_dir=site_dir,
            layers=layers,
            push=push,
            dry_run=dry_run,
            allow_dirty=allow_dirty,
        )
    )
    print_json(outcome.to_json()) if as_json else print_outcome(outcome)
