"""Building a site: where its sources come from, with which settings, and what came out."""

from docs_tools.build.project import Project, find_project
from docs_tools.build.site import BuildOptions, BuiltSite, build_site
from docs_tools.build.source import check_clean, project_at

__all__ = [
    "BuildOptions",
    "BuiltSite",
    "Project",
    "build_site",
    "check_clean",
    "find_project",
    "project_at",
]
