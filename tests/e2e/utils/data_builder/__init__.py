"""What tests feed to the commands."""

from tests.e2e.utils.data_builder.projects import build_layer_data, build_project
from tests.e2e.utils.data_builder.releases import OLDER, RELEASE

__all__ = ["OLDER", "RELEASE", "build_layer_data", "build_project"]
