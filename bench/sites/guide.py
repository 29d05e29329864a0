"""The guide: its pages, and the examples that they include."""

from bench.sites.code import event, handler, template
from bench.sites.outline import Module, Page, Shape
from bench.sites.page import home_page, page_text

__all__ = ["guide_files"]


def guide_files(shape: Shape) -> dict[str, str]:
    """The files of `docs/` and `examples/` by their paths."""
    files = {"docs/index.md": home_page(shape)} if shape.pages else {}
    for page in shape.guide:
        files[f"docs/{page.path}"] = page_text(shape, page)
        for name, text in _examples(shape, page).items():
            files[f"examples/{page.path.removesuffix('.md')}/{name}"] = text
    return files


def _examples(shape: Shape, page: Page) -> dict[str, str]:
    random = shape.random(f"examples of {page.path}")
    modules = shape.package or (Module("toolkit", "Toolkit", ""),)
    return {
        "app.py": handler(page, random.choice(modules), random),
        "more.py": handler(page, random.choice(modules), random),
        "event.json": event(page, random),
        "template.yaml": template(page, random),
    }
