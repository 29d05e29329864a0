"""`docs_tools s3 template`."""

import click

from docs_tools.cli.options import global_options, json_option

__all__ = ["command"]


@click.command("template")
@click.option("--format", "form", type=click.Choice(["yaml", "json"]), default="yaml",
              show_default=True, help="YAML has comments.")  # fmt: skip
@json_option
@global_options
def command(form: str, as_json: bool) -> None:
    """Print a CloudFormation template of a bucket with CloudFront.

    A private bucket that keeps what is replaced, a distribution that shows it, and on request a
    role that GitHub Actions may publish with. The parameters say what each of them is for.
    """
    from docs_tools.publish.cloudfront.template import template_json, template_yaml

    text = template_json() if as_json or form == "json" else template_yaml()
    click.echo(text, nl=False)
