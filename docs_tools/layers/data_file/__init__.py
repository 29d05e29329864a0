"""The text of `layers.yml`: releases set in it, its comments and order kept."""

from docs_tools.layers.data_file.set_releases import set_releases

__all__ = ["set_releases"]
