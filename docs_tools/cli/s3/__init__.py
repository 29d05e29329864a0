"""`docs_tools s3`: the bucket and CloudFront in front of it."""

import click

from docs_tools.cli.options import global_options
from docs_tools.cli.verbs import Verbs

__all__ = ["command"]

_VERBS = {
    "invalidate": "Have CloudFront forget what its caches hold of the site.",
    "template": "Print a CloudFormation template of a bucket with CloudFront.",
}


@click.command("s3", cls=Verbs, package=__name__, verbs=_VERBS)
@global_options
def command() -> None:
    """The bucket and CloudFront in front of it."""
