"""Whatever the code says, real Mermaid reads the diagram, and shows just that."""

import keyword
import tempfile
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from docs_tools.diagrams import Drawings
from docs_tools.diagrams.reading import Reading
from docs_tools.model.classes import ClassKind, PythonClass, load_classes
from docs_tools.model.members import Member, Parameter
from docs_tools.render.class_diagram import render_class_diagram, render_class_table
from tests.render.hostile import check_shape, convert, hostile
from tests.size import examples

DRAWINGS = Drawings()

WORDS = [
    "One",
    "Two",
    "note",
    "style",
    "classDef",
    "direction",
    "link",
    "click",
    "namespace",
    "_x",
    "__init__",
    "a_b",
    "größe",
    "名前",
    "Ünï",
    "Options",
    "constructor",
    "TB",
]
identifiers = st.sampled_from(WORDS) | st.text("aZ_9éß名", min_size=1, max_size=6).filter(
    lambda text: text.isidentifier() and not keyword.iskeyword(text)
)
MERMAID = [
    "<<",
    ">>",
    "~int~",
    "<|--",
    "%%",
    "%%{init}%%",
    "direction LR",
    "style x:#",
    "fa:fa-x",
    "**b**",
    "__b__",
    "*",
    "$",
    "$$x$$",
    "[*]",
    "ﬂ°°35¶ß",
    "#35;",
    "#quot;",
    "…",
    "a:b#c;",
]


def visible(text: str) -> str:
    """Text as the model promises it: on one line, and printable."""
    printable = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(printable.split())


code = st.lists(st.sampled_from(MERMAID) | hostile | st.text(max_size=4), max_size=4).map(
    lambda parts: visible("".join(parts))
)
parameters = st.builds(Parameter, identifiers, code, code)
members = st.builds(
    Member,
    name=identifiers,
    annotation=code,
    value=code,
    parameters=st.none() | st.lists(parameters, max_size=3).map(tuple),
    static=st.booleans(),
    abstract=st.booleans(),
)


@st.composite
def figures(draw: st.DrawFn) -> tuple[PythonClass, ...]:
    classes: list[PythonClass] = []
    for number in range(draw(st.integers(1, 4))):
        paths = [cls.path for cls in classes]
        bases = draw(st.lists(st.sampled_from(paths), unique=True, max_size=2)) if paths else []
        some = draw(st.lists(members, max_size=3, unique_by=lambda member: member.name))
        kind = draw(st.sampled_from(get_args(ClassKind)))
        cls = PythonClass(draw(identifiers), f"pkg.m{number}", kind, tuple(bases), tuple(some))
        classes.append(cls)
    return tuple(classes)


def cut(text: str, length: int = 60) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def shown(member: Member) -> str:
    """What the box must say of a member: Mermaid puts ` : ` before what is returned."""
    if member.parameters is None:
        value = f" = {member.value}" if member.value else ""
        return cut(member.name + (f": {member.annotation}" if member.annotation else value))
    given, returns = ", ".join(map(str, member.parameters)), member.annotation
    if len(f"{member.name}({given})" + (f" -> {returns}" if returns else "")) > 60:
        returns = cut(returns, 30)
        names = ", ".join(parameter.name for parameter in member.parameters)
        given = cut(names, max(60 - len(member.name) - len(returns), 15))
    return f"{member.name}({given})" + (f" : {returns}" if returns else "")


def check(classes: tuple[PythonClass, ...], reading: Reading) -> None:
    assert len(reading.classes) == len(classes)
    paths = {id: cls.path for (id, _, _), cls in zip(reading.classes, classes, strict=True)}
    for (_, label, _), cls in zip(reading.classes, classes, strict=True):
        assert f".{cls.path}".endswith(f".{label}")
        assert label.endswith(cls.name)
    labels = [label for _, label, _ in reading.classes]
    assert len(set(labels)) == len(labels)
    arrows = {(paths[base], paths[sub]) for base, sub, _ in reading.relations}
    assert arrows == {(base, cls.path) for cls in classes for base in cls.bases}
    assert len(reading.relations) == len(arrows)
    for (_, _, texts), cls in zip(reading.classes, classes, strict=True):
        assert sorted(texts) == sorted(shown(member) for member in cls.members)


@settings(max_examples=examples(60))
@given(figures())
def test_mermaid_reads_what_the_classes_say(classes: tuple[PythonClass, ...]) -> None:
    check(classes, DRAWINGS.read(render_class_diagram(classes)))


@settings(max_examples=examples(100))
@given(figures())
def test_the_table_has_a_row_for_each_class_and_all_of_each_member(
    classes: tuple[PythonClass, ...],
) -> None:
    page = convert(render_class_table(classes))

    check_shape(page, len(classes), 3)
    assert {tag for tag, _ in page.elements} <= {"table", "thead", "tbody", "tr", "th", "td",
                                                 "code", "br"}  # fmt: skip
    for (path, bases, own), cls in zip(page.rows[1:], classes, strict=True):
        assert path.startswith(cls.path)
        assert bases.count(", ") + bool(bases) == len(cls.bases)
        parts = [part for m in cls.members for part in (m.name, m.annotation)]
        parts += [str(p) for m in cls.members for p in m.parameters or ()]
        assert all(part in own for part in parts)


types = st.recursive(
    st.sampled_from(
        [
            "int",
            "str | None",
            "'Later'",
            "t.Any",
            '"list[Zoo]"',
            "'no type!'",
            "...",
            "t.Literal['a|b', \"<b>\", b'\\x00']",
            "*tuple[int, ...]",
            "None",
        ]
    ),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("dict[{0[0]}, {0[1]}]".format),
        inner.map("t.Callable[..., {}]".format),
        st.tuples(inner, inner).map("t.Callable[[{0[0]}], {0[1]}]".format),
        inner.map("t.Annotated[{}, 'x', lambda y: y]".format),
        st.tuples(inner, inner).map("({0[0]}) | ({0[1]})".format),
    ),
    max_leaves=5,
)
values = st.one_of(
    (hostile | st.text()).map(repr),
    st.sampled_from(
        [
            "lambda x, *y, k=1, **z: {**z}",
            "{1: [2, (3,)], **{}}",
            "f'{x!r:>{w}}\\n'",
            "[i async for i in x if not i]",
            "a if b else -c ** ~d",
            "x[1:2, ::3]",
            "b'\\xff'",
            "...",
            "(y := 3)",
            "f(*a, **k)",
            "a < b <= c is not d",
            "1j",
            "not (a and b or c @ d)",
            "{*a, 1}",
            "'''two\nlines'''",
            "x.y.z()",
        ]
    ),
)
DECORATORS = ["", "@property\n    ", "@staticmethod\n    ", "@classmethod\n    ",
              "@abc.abstractmethod\n    ", "@app.get('/x', tags=[\"#\"])\n    "]  # fmt: skip
methods = st.builds(
    "{}def {}(self, a: {}, /, b={}, *args, c: {} = {}, **kw) -> {}: ...".format,
    *(st.sampled_from(DECORATORS), identifiers, types, values, types, values, types),
)
attributes = st.builds("{}: {} = {}".format, identifiers, types, values) | st.builds(
    "{} = {}".format, identifiers, values
)


@st.composite
def sources(draw: st.DrawFn) -> list[str]:
    """Modules that hold classes, with bases in the same module or in those before."""
    known: list[str] = []
    modules = []
    for number in range(draw(st.integers(1, 3))):
        text = "import abc, typing as t\nimport zoo\n"
        for name in draw(st.lists(identifiers, min_size=1, max_size=3, unique=True)):
            bases = draw(st.lists(st.sampled_from(known), max_size=2)) if known else []
            body = draw(st.lists(methods | attributes, max_size=3))
            lines = "".join(f"    {line}\n" for line in ["pass", *body])
            text += f"class {name}({', '.join(bases)}):\n{lines}"
            known.append(f"zoo.m{number}.{name}")
        modules.append(text)
    return modules


@settings(max_examples=examples(40))
@given(sources())
def test_any_classes_of_real_sources_can_be_shown(modules: list[str]) -> None:
    for text in modules:
        try:
            compile(text, "x", "exec", flags=0x0400)  # parsed only: PyCF_ONLY_AST
        except (SyntaxError, ValueError):
            assume(False)
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder, "zoo")
        package.mkdir()
        (package / "__init__.py").touch()
        for number, text in enumerate(modules):
            (package / f"m{number}.py").write_text(text, "utf-8")
        base = modules[0].split("class ")[1].split("(")[0]

        classes = load_classes(f"zoo.m0.{base}", Path(folder))

    check(classes, DRAWINGS.read(render_class_diagram(classes)))


def test_ids_are_unique_where_names_repeat() -> None:
    classes = [PythonClass("Base", "pkg.a")]
    classes += [PythonClass("Options", f"pkg.{m}.x", bases=("pkg.a.Base",)) for m in "bc"]

    source = render_class_diagram(classes)

    assert '    class Base["Base"]\n' in source
    assert '    class c2["b.x.Options"]\n    class c3["c.x.Options"]\n' in source
    assert source.endswith("    Base <|-- c2\n    Base <|-- c3")


@pytest.mark.parametrize(
    ("below", "direction"),
    [({}, "TB"), ({"B": "A", "C": "A"}, "TB"), ({"B": "A", "C": "A", "D": "A"}, "LR"),
     ({"B": "A", "C": "B", "D": "C"}, "TB"), ({"B": "A", "C": "A", "D": "A", "E": "D"}, "TB")],
)  # fmt: skip
def test_a_figure_that_is_wider_than_deep_goes_to_the_right(
    below: dict[str, str], direction: str
) -> None:
    classes = [PythonClass("A", "m")]
    classes += [PythonClass(sub, "m", bases=(f"m.{base}",)) for sub, base in below.items()]

    assert f"\n    direction {direction}\n" in render_class_diagram(classes)


def test_a_diagram_that_mermaid_would_refuse_for_its_size_is_an_error() -> None:
    many = [PythonClass(f"C{n}", "m", members=(Member("x" * 50),)) for n in range(700)]

    with pytest.raises(ValueError, match="too large for a diagram"):
        render_class_diagram(many)


def test_too_many_classes_are_refused_by_their_count() -> None:
    many = [PythonClass("Base", "m")]
    many += [PythonClass(f"C{n}", "m", bases=("m.Base",)) for n in range(20_000)]

    with pytest.raises(ValueError, match="20001 classes are too large for a diagram"):
        render_class_diagram(many)


def test_as_many_classes_as_fit_are_drawn() -> None:
    many = [PythonClass("B", "m")]
    many += [PythonClass(f"C{n}", "m", bases=("m.B",)) for n in range(1000)]

    assert render_class_diagram(many).count(" <|-- ") == 1000
    assert render_class_table(many).count("\n") == 1002


def test_it_is_drawn_with_every_name_a_title_and_a_description() -> None:
    classes = (
        PythonClass(
            "Store", "m", "abstract", members=(Member("get", "str", parameters=(), abstract=True),)
        ),
        PythonClass("Disk", "m", bases=("m.Store",), members=(Member("path", "Path"),)),
    )

    svg = DRAWINGS.draw(render_class_diagram(classes)).svg

    assert all(f">{word}<" in svg for word in ("«abstract»", "Store", "Disk", "path:", "get()"))
    assert "Store and what inherits from it</title>" in svg
    assert "2 classes. Disk inherits from Store.</desc>" in svg
