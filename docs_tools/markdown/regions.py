"""Filled regions: a directive, the text that it stood for, and the comment that ends it.

`docs_tools render` writes them into plain Markdown files. Where such a file becomes a part of a
page, what an earlier run wrote is dropped, as the directive is expanded anew.
"""

__all__ = ["END", "END_NAME"]

END_NAME = "end"
"""What stands behind `docs_tools/` in the comment that ends a region."""

END = f"<!-- docs_tools/{END_NAME} -->"
"""The comment that ends a region: that of the directive before it."""
