"""`docs_tools hotfix`."""

import shlex
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docs_tools.cli.options import Writing, global_options, publish_options

if TYPE_CHECKING:
    from docs_tools.build import Project
    from docs_tools.cli.layers.pull_request import PullRequest
    from docs_tools.publish import Everywhere, Outcome

__all__ = ["command"]


@click.command("hotfix")
@click.option("--open-pr", is_flag=True,
              help="Then open a pull request with the layer numbers.")  # fmt: skip
@publish_options
@global_options
def command(
    version: str,
    ref: str | None,
    site_dir: Path | None,
    layers: Path | None,
    allow_dirty: bool,
    thorough: bool,
    how: Writing,
    open_pr: bool,
) -> None:
    """Rebuild a version that is published already.

    The user guide and the API reference are built again, layer numbers are inserted, and the
    result takes the place of the version; its aliases stay. No release runs.
    """
    from docs_tools.cli.progress import show_progress, show_waiting
    from docs_tools.cli.project import current_project
    from docs_tools.cli.report import print_outcomes
    from docs_tools.publish import HotfixRequest, hotfix
    from docs_tools.publish.versions.names import check_version

    check_version(version)
    project = current_project()
    pull_request = _prepare(project, version, layers) if open_pr else None
    with show_progress("sending") as progress:
        request = HotfixRequest(
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
        )
        outcomes = hotfix(request)
    if pull_request is None or outcomes.failures:
        print_outcomes(outcomes, as_json=how.as_json)
        return
    if not how.as_json:
        print_outcomes(outcomes, as_json=False)
    _propose(pull_request, outcomes, as_json=how.as_json)


def _prepare(project: "Project", version: str, layers: Path | None) -> "PullRequest":
    """Sees before anything is published that a pull request can follow."""
    from docs_tools.cli.layers.data import LayerData
    from docs_tools.cli.layers.pull_request import PullRequest, numbers_of_hotfix

    data = LayerData.of(project)
    pull_request = PullRequest.prepare(data, numbers_of_hotfix(data, version, layers))
    pull_request.check()
    return pull_request


def _propose(
    pull_request: "PullRequest", outcomes: "Everywhere[Outcome]", *, as_json: bool
) -> None:
    from docs_tools.cli.layers.pull_request import after_publish, print_proposed, to_json
    from docs_tools.cli.report import print_json

    proposed, outcome = None, outcomes.first
    command = shlex.join(["docs_tools", *sys.argv[1:]])
    try:
        with nullcontext() if outcome.dry_run else after_publish(outcome.version, command):
            proposed = pull_request.open(dry_run=outcome.dry_run)
    finally:
        if as_json:  # what was published is told, whatever became of the pull request
            print_json({**outcomes.to_json(), "pull_request": to_json(proposed)})
    if not as_json:
        print_proposed(proposed, dry_run=outcome.dry_run)
