"""Realistic sites of any size, the same on every machine: what the builds are measured on."""

from bench.sites.generate import generate, site_files
from bench.sites.outline import Shape
from bench.sites.repository import make_repository

__all__ = ["Shape", "generate", "make_repository", "site_files"]
