"""Classes are read from their sources as Python would see them, and never run."""

import os
import sys
import time
from pathlib import Path

import pytest

from docs_tools.errors import DocsToolsError
from docs_tools.model.classes import PythonClass, load_classes
from docs_tools.model.members import Parameter

ZOO = {
    "zoo/__init__.py": "from zoo.base import *\nfrom .base import Animal as Beast\n",
    "zoo/base.py": """\
import abc

class Animal(abc.ABC):
    pass

class Dog(Animal):
    pass

class Stone:
    class Inner:
        pass

def feed(): ...
""",
    "zoo/more/__init__.py": "",
    "zoo/more/cats.py": """\
from typing import Generic, TypeVar
import zoo.base as base
from zoo import Beast
from .. import Dog

T = TypeVar("T")

class Cat(Beast, Generic[T]):
    pass

class Lion(Cat[int]):
    pass

class _Mixed(Dog, base.Animal):
    pass

class Chimera(_Mixed, Lion):
    pass

class _Nobody(Dog):
    pass
""",
}


SIZED = """\
import decimal
class Sized:
  height = 1
  width = 1
  _deep = 1
some = 1
made = Sized()
Outside = decimal.Decimal
"""


def write(root: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return root


@pytest.fixture
def zoo(tmp_path: Path) -> Path:
    return write(tmp_path, ZOO)


def read(root: Path, source: str, **options: list[str] | None) -> PythonClass:
    """The class `One` of a module that holds it."""
    write(root, {"single.py": source})
    members = options.get("members")
    (found,) = load_classes("single.One", root, members=members, subclasses=False)
    return found


def names(classes: tuple[PythonClass, ...]) -> list[str]:
    return [cls.name for cls in classes]


def test_a_class_comes_with_all_that_inherits_from_it(zoo: Path) -> None:
    classes = load_classes("zoo.base.Animal", zoo)

    assert names(classes) == ["Animal", "Dog", "_Mixed", "Chimera", "Cat", "Lion"]
    assert classes[0].path == "zoo.base.Animal"
    assert {cls.name: cls.bases for cls in classes} == {
        "Animal": (),
        "Dog": ("zoo.base.Animal",),
        "_Mixed": ("zoo.base.Dog", "zoo.base.Animal"),
        "Chimera": ("zoo.more.cats._Mixed", "zoo.more.cats.Lion"),
        "Cat": ("zoo.base.Animal",),
        "Lion": ("zoo.more.cats.Cat",),
    }


def test_the_path_that_people_import_a_class_by_will_do(zoo: Path) -> None:
    for path in ("zoo.Beast", "zoo.Animal", "zoo.more.cats.Beast"):
        assert load_classes(path, zoo) == load_classes("zoo.base.Animal", zoo)


def test_a_class_stands_alone_if_that_is_wanted(zoo: Path) -> None:
    assert names(load_classes("zoo.Beast", zoo, subclasses=False)) == ["Animal"]
    assert names(load_classes("zoo.base.Stone.Inner", zoo)) == ["Stone.Inner"]


def test_a_private_class_is_shown_where_it_is_asked_for(zoo: Path) -> None:
    assert names(load_classes("zoo.more.cats._Mixed", zoo)) == ["_Mixed", "Chimera"]


def test_what_inherits_is_looked_for_in_the_packages_that_are_named(zoo: Path) -> None:
    write(zoo, {"src/farm.py": "from zoo import Dog\nclass Collie(Dog): pass\n"})

    def found(packages: list[str]) -> list[str]:
        return names(load_classes("zoo.Animal", zoo, packages=packages))

    assert found(["farm"]) == ["Animal", "Dog", "Collie"]
    assert found(["zoo.base"]) == ["Animal", "Dog"]
    assert found(["zoo.base", "farm"]) == ["Animal", "Dog", "Collie"]


def test_classes_that_inherit_from_each_other_are_read_nevertheless(tmp_path: Path) -> None:
    write(tmp_path, {"odd.py": "class A(B): pass\nclass B(A): pass\nclass C(C): pass\n"})

    assert names(load_classes("odd.A", tmp_path)) == ["A", "B"]
    assert names(load_classes("odd.C", tmp_path)) == ["C"]


BASE = "class Logger: pass\n"
SHADOWED = "class Logger(Logger): pass\nclass Sub(Logger): pass\n"


@pytest.mark.parametrize(
    "first",
    ["from a.base import Logger\n", "from .base import *\n",
     "from a.base import Logger as Old\nLogger = Old\n",
     "from a import base\nLogger = base.Logger\nKept = Logger\n",
     "class Logger: pass\nfrom a.base import *\n"],
)  # fmt: skip
def test_a_base_is_what_its_name_meant_where_the_class_stands(tmp_path: Path, first: str) -> None:
    write(tmp_path, {"a/base.py": BASE, "a/__init__.py": first + SHADOWED})

    assert names(load_classes("a.Logger", tmp_path)) == ["Logger", "Sub"]
    classes = load_classes("a.base.Logger", tmp_path)
    assert {cls.path: cls.bases for cls in classes} == {
        "a.base.Logger": (),
        "a.Logger": ("a.base.Logger",),
        "a.Sub": ("a.Logger",),
    }


def test_a_name_that_is_taken_later_changes_no_class_before(tmp_path: Path) -> None:
    source = "from a.base import Logger\nclass Before(Logger): pass\nOld = Logger\n"
    source += SHADOWED + "class After(Old): pass\n"
    write(tmp_path, {"a/base.py": BASE, "a/__init__.py": source})

    classes = load_classes("a.base.Logger", tmp_path)

    assert {cls.path: cls.bases for cls in classes[1:]} == {
        "a.Before": ("a.base.Logger",),
        "a.Logger": ("a.base.Logger",),
        "a.Sub": ("a.Logger",),
        "a.After": ("a.base.Logger",),
    }


def test_a_class_that_extends_one_in_its_own_place_stands_for_both(tmp_path: Path) -> None:
    source = "class Top: pass\nclass A(Top): pass\nclass A(A): pass\nclass B(A): pass\n"
    write(tmp_path, {"odd.py": source})

    classes = load_classes("odd.Top", tmp_path)

    assert {cls.name: cls.bases for cls in classes} == {
        "Top": (),
        "A": ("odd.Top",),
        "B": ("odd.A",),
    }


@pytest.mark.parametrize(
    "alias",
    [
        "Alias = Logger",
        "One = Logger\nAlias = One",
        "import typing as t\nAlias: t.TypeAlias = Logger",
        "import a.base\nAlias = a.base.Logger",
        "from a.base import Again as Alias",
        "class Alias: pass\nAlias = Logger",
        "class Logging:\n    One = Logger\nAlias = Logging.One",
    ],
)
def test_an_assignment_of_a_class_is_followed(tmp_path: Path, alias: str) -> None:
    source = f"from a.base import Logger\n{alias}\nclass V(Alias): pass\n"
    write(tmp_path, {"a/base.py": BASE + "Again = Logger\n", "a/__init__.py": source})

    found = load_classes("a.base.Logger", tmp_path)

    assert [cls.path for cls in found] == ["a.base.Logger", "a.V"]
    assert load_classes("a.Alias", tmp_path) == found


def test_assignments_that_lead_in_a_circle_or_nowhere_are_no_bases(tmp_path: Path) -> None:
    source = "A = B\nB = A\nC = f(1)\nD = D\nimport os.path as E\n"
    source += "class One(A, B, C, D, E, E.F, f(2), X | Y): x = 1\n"
    (found,) = load_classes("single.One", write(tmp_path, {"single.py": source}))

    assert found.bases == ()


def test_a_stub_may_name_a_base_before_it_defines_it(tmp_path: Path) -> None:
    write(tmp_path, {"a/__init__.pyi": "class B(A): ...\nclass A: ...\n"})

    assert names(load_classes("a.A", tmp_path)) == ["A", "B"]


def test_a_class_sees_the_names_of_its_own_class_and_of_its_module_only(tmp_path: Path) -> None:
    source = """\
class A: pass
class Outer:
    class A: pass
    class Near(A): pass
    class Deep:
        class Far(A): pass
"""
    write(tmp_path, {"odd.py": source})

    assert names(load_classes("odd.A", tmp_path)) == ["A", "Outer.Deep.Far"]
    assert names(load_classes("odd.Outer.A", tmp_path)) == ["Outer.A", "Outer.Near"]


@pytest.mark.parametrize("folder", [".", "lib"])
def test_a_package_that_lies_elsewhere_is_refused(tmp_path: Path, folder: str) -> None:
    root = write(tmp_path / "project", {"lib/x.py": ""})
    write(tmp_path / "other", {"far/__init__.py": "class One: pass\n"})
    (root / folder / "far").symlink_to(tmp_path / "other/far")

    with pytest.raises(DocsToolsError, match=r'far" lies outside the project'):
        load_classes("far.One", root, [folder])


def test_a_long_chain_of_classes_is_read_whole(tmp_path: Path) -> None:
    lines = ["import dataclasses", "@dataclasses.dataclass", "class C0: x: int"]
    lines += [f"@dataclasses.dataclass\nclass C{n}(C{n - 1}): x{n}: int" for n in range(1, 400)]
    write(tmp_path, {"chain.py": "\n".join(lines)})

    classes = load_classes("chain.C0", tmp_path)

    assert len(classes) == 400
    assert {cls.kind for cls in classes} == {"dataclass"}


def test_none_of_the_code_runs(tmp_path: Path) -> None:
    trap = f"from pathlib import Path\nPath({str(tmp_path / 'ran')!r}).touch()\n"
    write(tmp_path, {"trap/__init__.py": trap, "trap/a.py": trap + "class One:\n    x = 1\n"})

    assert names(load_classes("trap.a.One", tmp_path)) == ["One"]
    assert not (tmp_path / "ran").exists()
    assert "trap" not in sys.modules


def test_a_file_that_changes_is_read_again(zoo: Path) -> None:
    assert "Wolf" not in names(load_classes("zoo.Animal", zoo))

    path = zoo / "zoo/base.py"
    path.write_text(path.read_text() + "class Wolf(Dog): pass\n")
    assert "Wolf" in names(load_classes("zoo.Animal", zoo))

    text = path.read_text().replace("Wolf", "Hare")  # of the same length
    path.write_text(text)
    later = time.time() + 10
    os.utime(path, (later, later))
    assert "Hare" in names(load_classes("zoo.Animal", zoo))


def test_the_first_folder_that_has_the_package_counts(zoo: Path) -> None:
    write(zoo, {"lib/zoo/__init__.py": "class Animal: pass\n"})

    assert load_classes("zoo.Animal", zoo, ["lib"])[0].module == "zoo"
    assert load_classes("zoo.Animal", zoo, [".", "lib"])[0].module == "zoo.base"
    assert load_classes("zoo.Animal", zoo, ["nowhere", "lib", "."])[0].module == "zoo"


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("class One: pass", "class"),
        ("import abc\nclass One(abc.ABC): pass", "abstract"),
        ("from abc import ABCMeta as M\nclass One(metaclass=M): pass", "class"),
        ("from abc import ABCMeta\nclass One(metaclass=ABCMeta): pass", "abstract"),
        ("import abc\nclass One:\n  @abc.abstractmethod\n  def f(self): ...", "abstract"),
        ("from typing import Protocol\nclass One(Protocol): pass", "interface"),
        ("import typing as t\nclass One(t.Protocol[int]): pass", "interface"),
        ("import enum\nclass One(enum.StrEnum): A = 'a'", "enumeration"),
        ("import enum\nclass B(enum.Enum): pass\nclass One(B): pass", "enumeration"),
        ("import dataclasses as d\n@d.dataclass(frozen=True)\nclass One: pass", "dataclass"),
        ("from dataclasses import dataclass\n@dataclass\nclass One: pass", "dataclass"),
        ("import dataclasses as d\n@d.dataclass\nclass B: pass\nclass One(B): pass", "class"),
    ],
)
def test_the_kind_of_a_class_is_told(tmp_path: Path, source: str, kind: str) -> None:
    assert read(tmp_path, source).kind == kind


@pytest.mark.parametrize(
    ("body", "annotation"),
    [
        ("x: int", "int"),
        ("x: int = 3", "int"),
        ("x: 'dict[str, int]' = {}", "dict[str, int]"),
        ("x: t.ClassVar[int | None]", "int | None"),
        ("x: t.Annotated[list[int], 'more', f(3)]", "list[int]"),
        ("x: t.Callable[..., 'One'] | None", "t.Callable[..., One] | None"),
        ("x: t.Literal['a', \"b\"]", "t.Literal['a', 'b']"),
        ("x: 'no type!'", "no type!"),
        ("@property\n  def x(self) -> int: ...", "int"),
        ("@functools.cached_property\n  def x(self) -> 'int': ...", "int"),
        ("@property\n  def x(self): ...\n  @x.setter\n  def x(self, v): ...", ""),
        ("def __init__(self, x: 'str | None'): self.x = x", "str | None"),
        ("def __init__(self, x): self.x: int = x", "int"),
        ("def __init__(self, y: int): self.x = y", "int"),
        ("def __init__(self, y: int): self.x = f(y)", ""),
    ],
)
def test_an_attribute_has_its_type(tmp_path: Path, body: str, annotation: str) -> None:
    source = f"import functools, typing as t\nclass One:\n  {body}\n"

    (member,) = read(tmp_path, source).members

    assert (member.name, member.annotation, member.parameters) == ("x", annotation, None)


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ("x = 3", "3"),
        ("x = ('a', {'b': None})", "('a', {'b': None})"),
        ("x = f(3)", ""),
        ("x: int = 3", ""),
        ("def __init__(self): self.x = 3", ""),
    ],
)
def test_an_attribute_without_a_type_has_its_plain_value(
    tmp_path: Path, body: str, value: str
) -> None:
    (member,) = read(tmp_path, f"class One:\n  {body}\n").members

    assert member.value == value


@pytest.mark.parametrize(
    ("signature", "parameters"),
    [
        ("self", []),
        ("this, a", ["a"]),
        ("self, a, /", ["a", "/"]),
        ("self, a: int, /, b='x', *, c=1", ["a: int", "/", "b='x'", "*", "c=1"]),
        ("self, a, /, *rest: int, c: int = 1", ["a", "/", "*rest: int", "c: int = 1"]),
        ("*args, **kw", ["*args", "**kw"]),
        ("self, *, a", ["*", "a"]),
        ("self, f=lambda x, *y: {1: f'{x!r}'}", ["f=lambda x, *y: {1: f'{x!r}'}"]),
        ("self, größe: 'Maß'", ["größe: Maß"]),
    ],
)  # fmt: skip
def test_a_method_has_its_parameters_without_the_first(
    tmp_path: Path, signature: str, parameters: list[str]
) -> None:
    (member,) = read(tmp_path, f"class One:\n  def run({signature}) -> None: ...\n").members

    assert list(map(str, member.parameters or ())) == parameters
    assert member.annotation == "None"


def test_methods_of_the_class_and_abstract_ones_are_told_apart(tmp_path: Path) -> None:
    source = """\
import abc
class One:
    @staticmethod
    def a(x): ...
    @classmethod
    def b(cls, x): ...
    @abc.abstractmethod
    def c(self, x): ...
    @property
    @abc.abstractmethod
    def d(self) -> int: ...
    def e(self, x): ...
"""
    members = read(tmp_path, source).members

    assert [member.name for member in members if member.static] == ["a", "b"]
    assert [member.name for member in members if member.abstract] == ["c", "d"]
    given = [member.parameters for member in members]
    assert given == [(Parameter("x"),)] * 3 + [None, (Parameter("x"),)]


def test_the_members_are_the_public_ones_that_the_class_defines_itself(tmp_path: Path) -> None:
    source = """\
from os import sep
class Base:
    inherited = 1
class One(Base):
    _hidden = 1
    __very = 1
    shown = 1
    class Inner: ...
    def __init__(self): self._x = 1
    def _run(self): ...
    if True:
        def sometimes(self): ...
"""
    assert [m.name for m in read(tmp_path, source).members] == ["shown", "sometimes"]
    chosen = read(tmp_path, source, members=["_run", "shown"])
    assert [m.name for m in chosen.members] == ["_run", "shown"]
    assert read(tmp_path, source, members=[]).members == ()


def test_overloads_without_an_implementation_show_the_first(tmp_path: Path) -> None:
    source = """\
from typing import Protocol, overload
class One(Protocol):
    @overload
    def run(self, x: int) -> int: ...
    @overload
    def run(self, x: str) -> str: ...
"""
    (member,) = read(tmp_path, source).members

    assert (member.name, member.annotation) == ("run", "int")


def test_a_member_is_shown_in_each_class_that_defines_it(tmp_path: Path) -> None:
    source = "class One:\n  a = 1\n  b = 1\nclass Two(One):\n  b = 2\n  c = 3\n"
    write(tmp_path, {"single.py": source})

    classes = load_classes("single.One", tmp_path, members=["c", "b"])

    assert [[m.name for m in cls.members] for cls in classes] == [["b"], ["c", "b"]]


@pytest.mark.parametrize(
    ("path", "options", "message"),
    [
        ("zoo.base.Anmal", {}, 'no class "zoo.base.Anmal"\n    did you mean zoo.base.Animal?'),
        ("zoo.Lion", {}, 'no class "zoo.Lion"\n    did you mean zoo.more.cats.Lion?'),
        (
            "zoo.base.Zzz",
            {},
            'no class "zoo.base.Zzz"\n    there is: zoo.base.Animal, zoo.base.Dog,'
            " zoo.base.Stone, zoo.base.Stone.Inner",
        ),
        ("zoo.base.abc", {}, 'no class "zoo.base.abc"'),
        ("zoo.base", {}, '"zoo.base" is no class\n    it is a module'),
        ("zoo.base.feed", {}, '"zoo.base.feed" is no class\n    it is a function'),
        ("zo.Animal", {}, 'no package "zo" in ., src\n    did you mean zoo?'),
        (
            "garden.Rose",
            {"paths": ["lib"]},
            'no package "garden" in lib\n    name its folder: `paths: [FOLDER]`',
        ),
        ("garden.Rose", {"paths": []}, 'no package "garden" in no folder'),
        ("../zoo.Animal", {}, 'not a dotted path: "../zoo.Animal"'),
        ("zoo..Animal", {}, 'not a dotted path: "zoo..Animal"'),
        ("zoo.Animal", {"packages": [""]}, 'not a dotted path: ""'),
        (
            "zoo.Animal",
            {"packages": ["zoo.mor"]},
            'no package "zoo.mor"\n    did you mean zoo.more',
        ),
        ("zoo.Animal", {"packages": ["farm"]}, 'no package "farm" in ., src'),
        (
            "zoo.base.Stone",
            {"members": ["Inner"]},
            '"Inner" is a nested class, which the figure of a class can\'t show\n'
            "    take it out of `members`",
        ),
        ("sized.some", {}, '"sized.some" is no class\n    it is an attribute'),
        ("sized.made", {}, '"sized.made" is no class\n    it is an attribute'),
        ("sized.Outside", {}, 'no class "sized.Outside"'),
        ("zoo.base.ANIMAL", {}, 'no class "zoo.base.ANIMAL"\n    did you mean zoo.base.Animal?'),
        (
            "zoo.Animal",
            {"paths": ["/usr/lib"]},
            '"/usr/lib" is no path within the project\n    write a path',
        ),
        ("zoo.Animal", {"paths": [".", "../.."]}, '"../.." lies outside the project'),
        (
            "sized.Sized",
            {"members": ["width", "heigth"]},
            'no class of the figure defines "heigth"\n    did you mean height?',
        ),
        (
            "sized.Sized",
            {"members": ["x"]},
            'no class of the figure defines "x"\n    there is: height, width, _deep',
        ),
    ],
)
def test_what_is_not_there_is_named_with_the_nearest_that_is(
    zoo: Path, path: str, options: dict[str, list[str]], message: str
) -> None:
    write(zoo, {"sized.py": SIZED})

    with pytest.raises(DocsToolsError) as caught:
        load_classes(path, zoo, **options)  # type: ignore[arg-type]

    assert message in str(caught.value)


def test_a_long_list_of_what_is_there_is_cut(tmp_path: Path) -> None:
    write(tmp_path, {"many.py": "".join(f"class C{n}: pass\n" for n in range(20))})

    with pytest.raises(DocsToolsError, match=r"many\.C11 and 8 more$"):
        load_classes("many.Qqqqq", tmp_path)


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("zoo/__init__.py", "zoo/__init__.py:3: not Python: invalid syntax"),
        ("zoo/more/__init__.py", "zoo/more/__init__.py:3: not Python: invalid syntax"),
        ("zoo/more/deep.py", "zoo/more/deep.py:3: not Python: invalid syntax"),
    ],
)
def test_a_file_that_is_no_python_is_named_with_its_line(
    zoo: Path, file: str, message: str
) -> None:
    write(zoo, {file: "a = 1\n\nclass = 2\n"})

    with pytest.raises(DocsToolsError) as caught:
        load_classes("zoo.base.Animal", zoo)

    assert str(caught.value) == message


def test_a_file_that_is_not_utf_8_is_named(zoo: Path) -> None:
    (zoo / "zoo/latin.py").write_bytes("# coding: latin-1\nx = 'ä'\n".encode("latin-1"))

    with pytest.raises(DocsToolsError, match=r"^zoo/latin\.py can't be read: not UTF-8$"):
        load_classes("zoo.base.Animal", zoo)


def test_files_that_are_no_part_of_the_package_may_hold_anything(zoo: Path) -> None:
    names = ("templates/new.py", "a.b.py", "{{ name }}.py", "{{ name }}/__init__.py")
    write(zoo, {f"zoo/{name}": "class {{ name }}:\n" for name in names})
    (zoo / "zoo/.#base.py").symlink_to("nobody@nowhere")

    assert load_classes("zoo.base.Animal", zoo)


def test_code_that_is_nested_too_deeply_is_a_fault_and_no_crash(tmp_path: Path) -> None:
    deep = "+".join(["1"] * 5000)
    write(tmp_path, {"deep.py": f"class One:\n    x = {deep}\n"})

    with pytest.raises(DocsToolsError, match='package "deep" can\'t be read'):
        load_classes("deep.One", tmp_path)
