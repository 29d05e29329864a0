"""`docs_tools publish`."""

from pathlib import Path

import click

from docs_tools.cli.arguments import check_title
from docs_tools.cli.options import Writing, global_options, publish_options

__all__ = ["command"]


@click.command("publish")
@click.argument("aliases", nargs=-1, metavar="[ALIAS]...")
@publish_options
@click.option("--title", metavar="TEXT", callback=check_title,
              help="What readers see in the version selector.")  # fmt: skip
@click.option("-u", "--update-aliases", is_flag=True, help="Take aliases from other versions.")
@global_options
def command(
    version: str,
    aliases: tuple[str, ...],
    title: str | None,
    update_aliases: bool,
    ref: str | None,
    site_dir: Path | None,
    layers: Path | None,
    allow_dirty: bool,
    thorough: bool,
    how: Writing,
) -> None:
    """Build the site and publish it as a version, with aliases such as `latest`."""
    from docs_tools.cli.progress import show_progress, show_waiting
    from docs_tools.cli.project import current_project
    from docs_tools.cli.report import print_outcomes
    from docs_tools.publish import PublishRequest, publish
    from docs_tools.publish.versions.names import check_aliases, check_version

    check_aliases(aliases, check_version(version))
    project = current_project()
    with show_progress("sending") as progress:
        request = PublishRequest(
            project,
            version,
            ref=ref,
            site_dir=site_dir,
            layers=layers,
            push=how.push,
            dry_run=how.dry_run,
            allow_dirty=allow_dirty,
            thorough=thorough,
            targets=how.targets,
            wait=how.wait,
            progress=progress,
            waiting=show_waiting,
            aliases=aliases,
            title=title,
            update_aliases=update_aliases,
        )
        outcomes = publish(request)
    print_outcomes(outcomes, as_json=how.as_json)
