"""Names of SSM parameters: a template over runtime, architecture and release."""

import re

from docs_tools.errors import DocsToolsError
from docs_tools.model.layers import LayerVersion

__all__ = ["check_template", "fill_template", "is_path"]

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_PLACEHOLDERS = ("architecture", "runtime", "version")
# https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
_NAME = re.compile(r"[A-Za-z0-9_.\-/]+")


def is_path(template: str) -> bool:
    """Whether a template names a path, and so all parameters below it."""
    return template.endswith("/")


def check_template(template: str) -> None:
    """Sees that a template can be a parameter's name, or a path.

    Raises:
        DocsToolsError: It can't.
    """
    for name in _PLACEHOLDER.findall(template):
        if name not in _PLACEHOLDERS:
            known = ", ".join(f"{{{known}}}" for known in _PLACEHOLDERS)
            message = f'unknown placeholder {{{name}}} in "{template}"'
            raise DocsToolsError(message, hint=f"there are {known}")
        if is_path(template) and name != "version":
            message = f'"{template}" is a path and can\'t depend on {{{name}}}'
            hint = "name single parameters, without / at the end, or a path above all of them"
            raise DocsToolsError(message, hint=hint)
    if not _NAME.fullmatch(_PLACEHOLDER.sub("x", template)):
        hint = "letters, digits, . - _ and / make a name, such as /layers/{runtime}/{version}"
        raise DocsToolsError(f'"{template}" is no name of an SSM parameter', hint=hint)
    if is_path(template) and not template.startswith("/"):
        message = f'the path "{template}" has no / at the front'
        raise DocsToolsError(message, hint=f"write /{template}")


def fill_template(template: str, layer: LayerVersion, version: str) -> str:
    """The parameter of a layer version.

    Args:
        template: A template that was checked.
        layer: The layer version; its number doesn't matter.
        version: The release.

    Raises:
        DocsToolsError: The template asks for a runtime or architecture that the layer doesn't have.
    """
    parts = {"architecture": layer.architecture, "runtime": layer.runtime, "version": version}
    filled = template
    for name, part in parts.items():
        placeholder = f"{{{name}}}"
        if part is None and placeholder in template:
            message = f'"{template}" has {placeholder}, and {layer.arn.name} is for all of them'
            raise DocsToolsError(message, hint=f"leave {placeholder} out, or choose with --layer")
        filled = filled.replace(placeholder, part or "")
    return filled
