"""`layers.json`: what machines read beside a version."""

import json

from hypothesis import given, settings

from docs_tools.model.arn import LayerArn
from docs_tools.model.layers import LayerSet, LayerVersion
from docs_tools.render.layers_json import render_layers_json
from tests.render.choices import RELEASES
from tests.size import examples


def test_each_layer_version_is_told_with_its_parts() -> None:
    arn = LayerArn("aws-us-gov", "us-gov-west-1", "165093116878", "Tool-py312-arm64", 3)
    other = LayerArn("aws", "eu-west-1", "111122223333", "Tool", 7)
    layers = (LayerVersion(arn, "arm64", "python3.12"), LayerVersion(other), LayerVersion(other))

    assert render_layers_json(LayerSet("2.0.0", layers, "here")) == (
        """\
{
  "version": "2.0.0",
  "layers": [
    {
      "arn": "arn:aws:lambda:eu-west-1:111122223333:layer:Tool:7",
      "partition": "aws",
      "region": "eu-west-1",
      "account": "111122223333",
      "name": "Tool",
      "number": 7,
      "runtime": null,
      "architecture": null
    },
    {
      "arn": "arn:aws-us-gov:lambda:us-gov-west-1:165093116878:layer:Tool-py312-arm64:3",
      "partition": "aws-us-gov",
      "region": "us-gov-west-1",
      "account": "165093116878",
      "name": "Tool-py312-arm64",
      "number": 3,
      "runtime": "python3.12",
      "architecture": "arm64"
    }
  ]
}
"""
    )


@settings(max_examples=examples(50))
@given(RELEASES)
def test_it_has_every_arn_once_in_one_order(sets: list[LayerSet]) -> None:
    release = sets[0]
    text = render_layers_json(release)

    found = [layer["arn"] for layer in json.loads(text)["layers"]]
    assert sorted(found) == sorted({str(layer.arn) for layer in release.layers})
    turned = LayerSet(release.version, release.layers[::-1], release.source)
    assert [layer["arn"] for layer in json.loads(render_layers_json(turned))["layers"]] == found
