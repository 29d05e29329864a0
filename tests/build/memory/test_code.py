"""The code that makes pages: versions of what is installed, and local code as it was loaded."""

import importlib
import importlib.util
import json
import sys
import sysconfig
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from docs_tools.build.memory.code import installed_packages, local_code
from docs_tools.build.memory.contents import Contents
from docs_tools.build.memory.watch import Watcher

NAME = "docs_tools_test_code"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that modules are imported from, which are forgotten afterwards."""
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # two writes may have one time
    yield tmp_path
    for name in list(sys.modules):
        if name.startswith(NAME):
            del sys.modules[name]


def loaded(folder: Path, text: str, name: str = NAME) -> ModuleType:
    path = folder.joinpath(*name.split(".")).with_suffix(".py")
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    importlib.invalidate_caches()
    sys.modules.pop(name, None)
    return importlib.import_module(name)


def hook(path: Path, name: str) -> ModuleType:
    """Loaded as MkDocs loads a hook: nobody finds it by its name."""
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_local_module_counts_by_what_its_file_holds(folder: Path) -> None:
    module = loaded(folder, "A = 1\n")
    first = local_code(folder)
    assert first[NAME] == Contents(folder).of_file(f"{NAME}.py")
    assert module.A == 1
    loaded(folder, "A = 2\n")
    assert local_code(folder)[NAME] != first[NAME]
    loaded(folder, "A = 1\n")
    assert local_code(folder) == first


def test_a_module_that_is_edited_after_it_was_loaded_is_what_was_loaded(folder: Path) -> None:
    module = loaded(folder, "A = 1\n")
    first = local_code(folder)
    (folder / f"{NAME}.py").write_text("A = 2\n")
    assert local_code(folder) == first
    importlib.reload(module)
    assert module.A == 2
    loaded(folder, "A = 2\n")
    assert local_code(folder)[NAME] != first[NAME]


def test_a_module_that_is_gone_is_what_was_loaded(folder: Path) -> None:
    loaded(folder, "A = 1\n")
    first = local_code(folder)
    (folder / f"{NAME}.py").unlink()
    assert local_code(folder) == first


def test_modules_in_packages_count_by_their_whole_names(folder: Path) -> None:
    (folder / NAME).mkdir()
    (folder / NAME / "__init__.py").write_text("")
    loaded(folder, "A = 1\n", f"{NAME}.inner")
    assert {NAME, f"{NAME}.inner"} <= set(local_code(folder))


def test_what_is_installed_counts_by_its_version_and_not_by_its_modules(folder: Path) -> None:
    found = set(local_code(folder))
    assert not found & {"os", "json", "markdown", "mkdocs", "pytest", "importlib"}
    assert "docs_tools" in found
    assert not [name for name in found if name.startswith("docs_tools.")]
    assert __name__ in found


def test_this_package_is_compared_as_a_whole(folder: Path) -> None:
    import docs_tools

    own = Path(docs_tools.__file__).parent
    assert local_code(folder)["docs_tools"] == Contents(own).of_tree(".")


def test_a_script_of_ones_own_counts_and_an_installed_command_does_not(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    main = ModuleType("__main__")
    monkeypatch.setitem(sys.modules, "__main__", main)
    main.__file__ = str(folder / "build.py")
    (folder / "build.py").write_text("import mkdocs")
    with_script = local_code(folder)
    assert with_script["__main__"]
    for command in ("mkdocs", "docs_tools"):
        main.__file__ = str(Path(sysconfig.get_path("scripts"), command))
        assert "__main__" not in local_code(folder)
    del main.__file__
    assert "__main__" not in local_code(folder)


def test_hooks_count_though_nobody_finds_them(folder: Path) -> None:
    name = f"{NAME}_hook.py"
    (folder / "hook.py").write_text("A = 1\n")
    without = local_code(folder)
    first = local_code(folder, (one := hook(folder / "hook.py", name),))
    assert first == {**without, name: Contents(folder).of_file("hook.py")}
    (folder / "hook.py").write_text("A = 2\n")
    assert local_code(folder, (one,)) == first
    again = hook(folder / "hook.py", name)  # as a server does before each build
    assert local_code(folder, (again,))[name] != first[name]


def test_two_modules_of_one_file_are_each_what_they_were_loaded_from(folder: Path) -> None:
    path = folder / f"{NAME}.py"
    module = loaded(folder, "A = 1\n")
    local_code(folder)
    path.write_text("A = 2\n")
    other = hook(path, "other")
    first = local_code(folder, (other,))
    assert first[NAME] != first["other"]
    path.write_text("A = 3\n")
    assert local_code(folder, (other,)) == first
    assert module.A == 1


def test_two_hooks_of_one_name_both_count(folder: Path) -> None:
    for name in ("a", "b"):
        (folder / name).mkdir()
        (folder / name / "hook.py").write_text(f"NAME = '{name}'\n")
    a, b = (hook(folder / name / "hook.py", f"{NAME}_hook.py") for name in ("a", "b"))
    first = local_code(folder, (a, b))
    (folder / "a/hook.py").write_text("NAME = 'other'\n")
    changed = hook(folder / "a/hook.py", f"{NAME}_hook.py")
    assert local_code(folder, (changed, b)) != first


def test_a_module_that_was_loaded_while_a_page_was_made_is_that_pages_own(folder: Path) -> None:
    (folder / f"{NAME}.py").write_text("A = 1\n")
    importlib.invalidate_caches()
    before = local_code(folder)
    with Watcher(Contents(folder)).watching() as seen:
        importlib.import_module(NAME)
    assert seen.depends[f"file:{NAME}.py"] is not None
    assert local_code(folder) == before


def test_odd_modules_do_no_harm(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = local_code(folder)
    for number, file in enumerate((None, 1, Path("a.py"), b"a.py")):
        module = ModuleType(f"{NAME}{number}")
        module.__dict__["__file__"] = file
        monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setitem(sys.modules, f"{NAME}_none", None)
    assert local_code(folder) == before


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of installed packages, besides those that there are."""
    folder = tmp_path / "site-packages"
    folder.mkdir()
    monkeypatch.setattr(sys, "path", [*sys.path, str(folder), str(tmp_path / "gone-packages")])
    installed_packages.cache_clear()
    yield folder
    installed_packages.cache_clear()


def install(folder: Path, name: str, record: str = "", address: str | None = None) -> Path:
    info = folder / f"{name}.dist-info"
    info.mkdir()
    (info / "RECORD").write_text(record)
    if address:
        (info / "direct_url.json").write_text(json.dumps({"url": address}))
    return info


def listed(change: Callable[[], object]) -> set[str]:
    """What is installed once something has changed."""
    change()
    installed_packages.cache_clear()
    return set(installed_packages())


def test_installed_packages_count_by_their_versions(packages: Path) -> None:
    before = set(installed_packages())
    assert any(name.startswith("Python 3.") for name in before)
    assert any(name.lower().startswith("markdown ") for name in before)
    added = listed(lambda: install(packages, "some_package-1.0"))
    assert added - before == {"some_package 1.0"}
    (packages / "some_package-1.0.dist-info/METADATA").write_text("Summary: other\n")
    assert listed(lambda: None) == added
    other = listed(lambda: (packages / "some_package-1.0.dist-info").rename(
        packages / "some_package-1.1.dist-info"))  # fmt: skip
    assert other ^ added == {"some_package 1.0", "some_package 1.1"}


def test_a_package_from_a_folder_or_an_address_counts_by_its_files(packages: Path) -> None:
    address = "https://example.com/some.zip"
    first = listed(lambda: install(packages, "some-1.0", "some.py,sha256=1,1\n", address))
    record = packages / "some-1.0.dist-info/RECORD"
    second = listed(lambda: record.write_text("some.py,sha256=2,1\n"))
    assert len(first ^ second) == 2
    assert listed(record.unlink) != second


def test_what_is_installed_is_asked_once_in_a_process(packages: Path) -> None:
    before = installed_packages()
    install(packages, "late-1.0")
    assert installed_packages() is before
