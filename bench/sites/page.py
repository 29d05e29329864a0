"""The Markdown of one page of the guide, as the docs of a Python library for Lambda have it."""

from random import Random
from textwrap import indent

from bench.sites.code import bash, inline_python
from bench.sites.outline import Module, Page, Shape
from bench.sites.words import paragraph, sentence

__all__ = ["home_page", "page_text"]

_TYPES = ("`str`", "`int`", "`bool`", "`dict[str, Any]`", "`timedelta`", "`Callable | None`")
_KINDS = ("note", "tip", "warning", "info", "example", "danger")


def home_page(shape: Shape) -> str:
    """The first page: an introduction, and a table of what there is."""
    random = shape.random("index.md")
    rows = [
        f"| [{page.title}]({page.path}) | {sentence(random)} |"
        for section in shape.sections
        for page in section.pages[:3]
    ]
    table = "\n".join(["| What | Why |", "| --- | --- |", *rows[:40]])
    return (
        "---\ntitle: Home\ndescription: Tools for functions\n---\n\n# Toolkit\n\n"
        f"{paragraph(random)}\n\n![How it fits together](media/overview.svg){{ width=480 }}\n\n"
        f"## Key features\n\n{table}\n\n## Tenets\n\n{paragraph(random)}\n"
    )


def page_text(shape: Shape, page: Page) -> str:
    """One page: some 20 to 50 kB of HTML, with all that such a page has."""
    writer = _Writer(shape, page)
    random = writer.random
    parts = [
        f"---\ntitle: {page.title}\ndescription: {sentence(random).replace('*', '')!r}\n---",
        paragraph(random),
        f"![{page.title} in a picture](../media/overview.svg){{ width=400 loading=lazy }}",
        "## Key features\n\n" + "\n".join(f"* {sentence(random)}" for _ in range(4)),
        "## Getting started",
        f"!!! tip\n    {sentence(random)} See {writer.link()} and the examples in {writer.api()}.",
        writer.install(),
        writer.required(),
        *(
            writer.usage(title)
            for title in ("Reading", "Writing", "Handling failures")[: writer.size]
        ),
        writer.parameters(),
        "## Advanced",
        *(writer.advanced(title) for title in ("Tuning", "Sharing")[: max(writer.size - 1, 1)]),
        writer.testing(),
        f"[^1]: {sentence(random)}",
    ]
    return "\n\n".join(parts) + "\n"


class _Writer:
    """What a page's sections are made with."""

    def __init__(self, shape: Shape, page: Page) -> None:
        self.shape, self.page = shape, page
        self.random: Random = shape.random(page.path)
        self.size = self.random.choice((1, 1, 1, 2, 2, 3))
        """Pages differ in length."""

    def link(self) -> str:
        """A link to a section of another page."""
        other = self.random.choice(self.shape.guide)
        anchor = self.random.choice(("key-features", "getting-started", "advanced", "parameters"))
        return f"[{other.title.lower()}](../{other.path}#{anchor})"

    def api(self) -> str:
        """A link into the API reference; plain code where there is none."""
        if not self.shape.package:
            return "`Toolkit`"
        module = self.random.choice(self.shape.package)
        return f"[`{module.main}`][{module.name}.{module.main}]"

    def module(self) -> Module:
        """A module that code imports."""
        return self.random.choice(self.shape.package or (Module("toolkit", "Toolkit", ""),))

    def install(self) -> str:
        """Tabs with a command each."""
        return (
            f"### Install\n\n{paragraph(self.random, 1, 2)}[^1]\n\n"
            '=== "pip"\n\n    ```bash\n    pip install "toolkit[all]"\n    ```\n\n'
            '=== "poetry"\n\n    ```bash\n    poetry add "toolkit[all]"\n    ```\n\n'
            f'=== "Deploy"\n\n{_fence("bash", bash(self.page, self.random), 4)}'
        )

    def required(self) -> str:
        """A template that is included."""
        snippet = f'--8<-- "examples/{self._folder}/template.yaml"'
        return f"### Required resources\n\n{paragraph(self.random)}\n\n" + _fence(
            'yaml hl_lines="7-9" title="template.yaml"', snippet
        )

    def usage(self, title: str) -> str:
        """Prose, tabs with an included handler and its event, and a remark."""
        random = self.random
        name = "app" if title == "Reading" else "more"
        code = f'--8<-- "examples/{self._folder}/{name}.py"'
        if title == "Handling failures":
            shown = _fence("python", inline_python(self.module(), random))
        else:
            shown = (
                f'=== "{name}.py"\n\n'
                + _fence('python hl_lines="5 9"', code, 4)
                + f'\n\n    1. {sentence(random)}\n\n=== "event.json"\n\n'
                + _fence("json", f'--8<-- "examples/{self._folder}/event.json"', 4)
            )
        return (
            f"### {title}\n\n{paragraph(random)} It is made with {self.api()}; {self.link()} "
            f"goes on from here.\n\n{shown}\n\n"
            f'!!! {random.choice(_KINDS)} "{sentence(random).rstrip(".").replace("`", "")}"\n'
            f"    {paragraph(random)}\n\n"
            f"1. {sentence(random)}\n2. {sentence(random)}\n    - {sentence(random)}\n"
            f"    - See {self.link()}.\n3. {sentence(random)}"
        )

    def parameters(self) -> str:
        """A table of options."""
        random = self.random
        names = random.sample(("name", "limit", "expires", "retries", "schema", "envelope",
                               "namespace", "fallback", "encoder", "on_error"), 6)  # fmt: skip
        rows = [
            f"| **`{name}`** | {random.choice(_TYPES)} | {sentence(random)} |" for name in names
        ]
        head = "| Parameter | Type | Description |\n| --- | --- | --- |\n"
        return f"## Parameters\n\n{sentence(random)}\n\n" + head + "\n".join(rows)

    def advanced(self, title: str) -> str:
        """What few need, folded."""
        random = self.random
        code = _fence("python", inline_python(self.module(), random), 4)
        return (
            f"### {title}\n\n{paragraph(random, 3, 6)}\n\n"
            f'??? note "Why {self.page.title.lower()} differs"\n    {paragraph(random)}\n\n{code}'
            f"\n\n    {sentence(random)}\n\n> {sentence(random)}"
        )

    def testing(self) -> str:
        """The end that such pages have."""
        return (
            f"## Testing your code\n\n{paragraph(self.random)} Look at {self.link()}, "
            f"{self.link()} and {self.api()} too.\n\n"
            f"- [x] {sentence(self.random)}\n- [ ] {sentence(self.random)}"
        )

    @property
    def _folder(self) -> str:
        return self.page.path.removesuffix(".md")


def _fence(language: str, code: str, by: int = 0) -> str:
    head, *options = language.split(" ", 1)
    text = f"```{head}{''.join(f' {option}' for option in options)}\n{code.rstrip()}\n```"
    return indent(text, " " * by)
