"""`<!-- docs_tools/class-diagram { class: package.Class } -->`: a class and what inherits."""

from pydantic import Field, StrictBool

from docs_tools.markdown.context import Context
from docs_tools.markdown.directives.directive import Directive, diagram_with_table
from docs_tools.model.classes import load_classes
from docs_tools.model.fields import Fact, Text
from docs_tools.model.packages import find_package
from docs_tools.render.class_diagram import render_class_diagram, render_class_table

__all__ = ["DIRECTIVE", "Options"]


class Options(Fact):
    """Options of `class-diagram`."""

    class_: Text = Field(alias="class")
    """The class, as `package.module.Class`."""

    members: tuple[Text, ...] | None = None
    """The members to show where a class defines them; all public ones if this isn't given."""

    subclasses: StrictBool = True
    """Whether to show what inherits from it, directly or not."""

    packages: tuple[Text, ...] = ()
    """Where that is looked for; in the class's own top-level package if this isn't given."""

    paths: tuple[Text, ...] = (".", "src")
    """Folders that hold the packages, from the folder of the configuration."""


def _render(context: Context, options: Options) -> str:
    classes = load_classes(
        options.class_,
        context.root,
        options.paths,
        members=options.members,
        subclasses=options.subclasses,
        packages=options.packages,
    )
    for package in (options.class_.partition(".")[0], *options.packages):
        context.sources.update(find_package(package, context.root, options.paths))
    return diagram_with_table(render_class_diagram(classes), render_class_table(classes))


DIRECTIVE = Directive("class-diagram", Options, _render)
