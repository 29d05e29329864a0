"""What tests feed to the commands."""

from tests.e2e.utils.data_builder.projects import build_layer_data, build_project
from tests.e2e.utils.data_builder.releases import OLDER, RELEASE
from tests.e2e.utils.data_builder.sites import build_prefix, build_site

__all__ = ["OLDER", "RELEASE", "build_layer_data", "build_prefix", "build_project", "build_site"]
