"""What code asks the system for is seen, by whichever way it asks, and whoever may keep it."""

import builtins
import os
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from docs_tools.build.memory import watch
from docs_tools.build.memory.contents import Contents
from docs_tools.build.memory.watch import (
    Seen,
    Watcher,
    installed_folders,
    kept_files,
    unwatched,
    value_of,
)

VARIABLE = "DOCS_TOOLS_TEST_VARIABLE"


class Project:
    """A folder whose code is watched: that of a package that keeps nothing, or of another."""

    def __init__(self, root: Path, **options: Any) -> None:
        self.root = root
        self.options = {"exact": frozenset({"exact", "tests"}), **options}
        self.watcher = self.again()

    def again(self) -> Watcher:
        """As the next build has it."""
        self.watcher = Watcher(Contents(self.root), **self.options)
        return self.watcher

    def see(self, code: str, package: str = "exact", **names: Any) -> Seen:
        with self.watcher.watching() as seen:
            run(code, package, **names)
        return seen

    def write(self, path: str, text: str = "text") -> Path:
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
        return place


def run(code: str, package: str, **names: Any) -> dict[str, Any]:
    """Runs code as a package's own."""
    scope = {"__name__": f"{package}.module", **names}
    exec(compile("import os, glob\nfrom pathlib import Path\n" + code, package, "exec"), scope)
    return scope


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    project = Project(tmp_path / "project")
    project.write("a.txt")
    project.write("folder/b.txt")
    monkeypatch.chdir(project.root)
    monkeypatch.setenv(VARIABLE, "value")
    return project


FILES = [
    "open('a.txt').close()", "open(b'a.txt').close()", "open('a.txt', 'rb').close()",
    "Path('a.txt').read_text()", "Path('a.txt').read_bytes()", "Path('a.txt').open().close()",
    "open(Path('a.txt').absolute()).close()", "open('./folder/../a.txt').close()",
    "os.close(os.open('a.txt', os.O_RDONLY))", "import io; io.open_code(os.path.abspath('a.txt'))",
    "import fileinput; list(fileinput.input('a.txt'))",
    "import linecache; linecache.getlines('a.txt')",
    "import shutil, io; shutil.copyfileobj(open('a.txt'), io.StringIO())",
    "import runpy\ntry:\n runpy.run_path('a.txt')\nexcept NameError: pass",
    "import tokenize; tokenize.open('a.txt').close()",
]  # fmt: skip

QUESTIONS = [
    "os.path.exists({})", "os.path.lexists({})", "os.path.isfile({})", "os.path.isdir({})",
    "os.path.islink({})", "os.path.ismount({})", "os.access({}, os.R_OK)", "Path({}).exists()",
    "Path({}).is_file()", "Path({}).is_dir()", "Path({}).is_symlink()", "Path({}).resolve()",
    "os.path.realpath({})", "glob.glob({})",
]  # fmt: skip

LISTINGS = [
    "os.listdir()", "os.listdir('.')", "os.listdir(b'.')", "glob.glob('*.txt')",
    "list(glob.iglob('*'))", "list(Path('.').glob('*.txt'))", "list(Path().iterdir())",
    "list(os.walk('.'))", "list(Path().rglob('*.txt'))", "glob.glob('**/*.txt', recursive=True)",
]  # fmt: skip

VARIABLES = [
    "os.environ[name]", "os.environ.get(name)", "os.getenv(name)", "name in os.environ",
    "os.environ.get(name, 'other')", "os.path.expandvars('$' + name)",
]  # fmt: skip


@pytest.mark.parametrize("code", FILES)
def test_a_file_that_is_opened_is_seen(project: Project, code: str) -> None:
    seen = project.see(code)
    assert seen.depends["file:a.txt"] == Contents(project.root).of_file("a.txt")
    assert seen.depends["file:a.txt"] is not None


@pytest.mark.parametrize("code", FILES[:4])
def test_a_file_that_is_missed_is_seen(project: Project, code: str) -> None:
    (project.root / "a.txt").unlink()
    seen = project.see(f"try: {code}\nexcept FileNotFoundError: pass")
    assert seen.depends["file:a.txt"] is None
    assert seen.doubt is None


@pytest.mark.parametrize("code", QUESTIONS)
def test_a_question_whether_there_is_a_file_is_seen(project: Project, code: str) -> None:
    for path, kind in (("a.txt", "file"), ("folder", "folder"), ("missing", "")):
        seen = project.see(code.format(repr(path)))
        assert seen.depends[f"kind:{path}"] == kind
        assert seen.doubt is None


@pytest.mark.parametrize("code", LISTINGS)
def test_a_folder_that_is_listed_is_seen(project: Project, code: str) -> None:
    seen = project.see(code)
    assert seen.depends["listing:."] == Contents(project.root).of_listing(".")
    assert seen.depends["listing:."] is not None
    assert seen.doubt is None


@pytest.mark.parametrize("code", LISTINGS[-3:])
def test_folders_in_a_folder_are_seen(project: Project, code: str) -> None:
    assert project.see(code).depends["listing:folder"] is not None


@pytest.mark.parametrize("code", VARIABLES)
def test_an_environment_variable_is_seen(
    project: Project, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"variable:{VARIABLE}"
    assert project.see(code, name=VARIABLE).depends[name] == "value"
    monkeypatch.delenv(VARIABLE)
    seen = project.see(f"try: {code}\nexcept KeyError: pass", name=VARIABLE)
    assert seen.depends[name] is None
    assert seen.doubt is None


def test_the_working_folder_is_seen_where_it_is_asked_for(project: Project) -> None:
    for code in ("os.getcwd()", "Path.cwd()"):
        assert project.see(code).depends["folder:"] == str(project.root)
    assert "folder:" not in project.see("open('a.txt').close()").depends
    assert "folder:" not in project.see("os.path.abspath('a.txt')").depends


def test_a_variable_that_a_page_sets_for_a_while_is_its_own(project: Project) -> None:
    code = ("before = os.environ[name]\nos.environ[name] = 'own'\n"
            "assert os.environ[name] == 'own'\n"
            "os.environ['NEW_' + name] = 'own'\ndel os.environ['NEW_' + name]\n"
            "os.environ[name] = before")  # fmt: skip
    seen = project.see(code, name=VARIABLE)
    assert seen.depends[f"variable:{VARIABLE}"] == "value"
    assert seen.doubt is None


DOUBTS = {
    "dict(os.environ)": "asks for all environment variables",
    "os.environ.copy()": "asks for all environment variables",
    "list(os.environ.items())": "asks for all environment variables",
    "os.environ | {}": "asks for all environment variables",
    "os.environ['DOCS_TOOLS_TEST_VARIABLE'] = 'other'": "changes an environment variable",
    "os.environ.pop('DOCS_TOOLS_TEST_VARIABLE')": "changes an environment variable",
    "import subprocess; subprocess.run(['true'])": "runs a program",
    "import subprocess; subprocess.check_output('true', shell=True)": "runs a program",
    "os.system('true')": "runs a program",
    "os.popen('true').close()": "runs a program",
    "os.waitpid(os.posix_spawn('/bin/true', ['true'], {}), 0)": "runs a program",
    "import socket; socket.getaddrinfo('localhost', 80)": "asks the network",
    "import socket; socket.gethostbyname('localhost')": "asks the network",
    "import socket; socket.socket().connect_ex(('127.0.0.1', 9))": "asks the network",
    "open('new', 'w').close()": "writes new while",
    "open('new', 'x').close()": "writes new while",
    "open('a.txt', 'a').close()": "writes a.txt while",
    "open('a.txt', 'r+').close()": "writes a.txt while",
    "Path('new').write_text('')": "writes new while",
    "Path('new').touch()": "changes new while",
    "os.close(os.open('new', os.O_CREAT | os.O_WRONLY))": "writes new while",
    "import shutil; shutil.copyfileobj(open('a.txt'), open('new', 'w'))": "writes new while",
    "os.mkdir('new')": "changes new while",
    "os.rename('a.txt', 'new')": "changes a.txt while",
    "Path('a.txt').replace('new')": "changes a.txt while",
    "os.remove('a.txt')": "changes a.txt while",
    "Path('a.txt').unlink()": "changes a.txt while",
    "Path('new').symlink_to('a.txt')": "changes new while",
    "os.link('a.txt', 'new')": "changes new while",
    "os.utime('a.txt')": "changes a.txt while",
    "import shutil; shutil.rmtree('folder')": "folder",
    "import sqlite3; sqlite3.connect('new.db').close()": "opens a database",
    "os.path.getmtime('a.txt')": "asks for the size or the time of a.txt",
    "os.path.getsize('a.txt')": "asks for the size or the time of a.txt",
    "from os.path import getctime; getctime('a.txt')": "asks for the size or the time of a.txt",
    "os.stat('a.txt').st_mtime": "asks for the size or the time of a.txt",
    "os.stat(path='a.txt').st_mtime": "asks for the size or the time of a.txt",
    "os.lstat('a.txt').st_mtime": "asks for the size or the time of a.txt",
    "Path('a.txt').stat().st_size": "asks for the size or the time of a.txt",
    "import filecmp; filecmp.cmp('a.txt', 'a.txt')": "asks for the size or the time of a.txt",
    "[entry.stat() for entry in os.scandir('folder')]": "asks for more than the names in folder",
}


@pytest.mark.parametrize("code", DOUBTS)
@pytest.mark.parametrize("package", ["exact", "foreign"])
def test_what_can_not_be_asked_again_is_doubted(project: Project, code: str, package: str) -> None:
    assert DOUBTS[code] in (project.see(code, package).doubt or "")


@pytest.mark.parametrize("code", [
    "os.path.join('a', 'b')", "os.path.abspath('a.txt')", "open(os.devnull).close()",
    "open('/proc/self/stat').read()", "import json; open(json.__file__).close()",
    "import markdown; open(markdown.__file__).close()", "import colorsys",
    "os.path.exists(os.path.dirname(os.__file__))", "os.fstat(0)", "os.path.exists(0)",
    "open(os.open(os.devnull, os.O_RDONLY)).close()",
    "try: open('nul\\0')\nexcept ValueError: pass", "os.path.exists('nul\\0')",
])  # fmt: skip
def test_what_says_nothing_of_the_project_is_left_out(project: Project, code: str) -> None:
    seen = project.see(code)
    assert not [name for name in seen.depends if not name.startswith("variable:")]
    assert seen.doubt is None


def test_ignored_folders_are_neither_seen_when_read_nor_when_written(project: Project) -> None:
    project.options["ignored"] = (str(project.root / "site"), str(project.root / "folder"))
    project.write("site/index.html")
    project.again()
    seen = project.see("open('folder/b.txt').close(); open('site/new', 'w').close()\n"
                       "os.listdir('site'); os.path.exists('site')\n"
                       "os.rename('site/new', 'site/x')")  # fmt: skip
    assert seen == Seen()
    project.write("site2/index.html")
    assert "file:site2/index.html" in project.see("open('site2/index.html').close()").depends


def test_variables_that_say_nothing_are_left_out(project: Project) -> None:
    project.options["variables"] = frozenset({VARIABLE})
    project.again()
    assert project.see(VARIABLES[1], name=VARIABLE) == Seen()


def test_files_near_the_project_are_named_from_it_and_others_by_their_place(
    project: Project, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (tmp_path / "beside").write_text("")
    far = tmp_path_factory.getbasetemp().parent.parent / "docs_tools_test_far"
    seen = project.see("[os.path.exists(path) for path in paths]",
                       paths=[tmp_path / "beside", far, "/"])  # fmt: skip
    assert list(seen.depends) == ["kind:../beside", f"kind:{far}", "kind:/"]


def test_a_relative_path_is_from_the_working_folder_of_its_time(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("folder")
    seen = project.see("open('b.txt').close()\nos.chdir('..')\nopen('a.txt').close()")
    assert set(seen.depends) == {"file:folder/b.txt", "file:a.txt"}
    assert all(seen.depends.values())


def test_what_snippets_include_is_called_so(project: Project) -> None:
    converted = "import markdown\nmarkdown.markdown('--8<-- \"folder/b.txt\"', extensions=names)"
    seen = project.see(converted, names=["pymdownx.snippets"])
    assert seen.depends["snippet:folder/b.txt"] == Contents(project.root).of_file("folder/b.txt")
    assert value_of("snippet:folder/b.txt", Contents(project.root)) is not None
    project.write("folder/b.txt", "other text")
    project.again()
    assert (
        project.see(converted, names=["pymdownx.snippets"]).depends["snippet:folder/b.txt"]
        != (seen.depends["snippet:folder/b.txt"])
    )


def test_values_are_those_of_names_asked_again(project: Project) -> None:
    seen = project.see("open('a.txt').close(); os.listdir('folder'); os.path.exists('missing')\n"
                       "os.getcwd(); os.getenv(name)", name=VARIABLE)  # fmt: skip
    fresh = Contents(project.root)
    assert seen.depends == {name: value_of(name, fresh) for name in seen.depends}
    assert len(seen.depends) == 5
    project.write("a.txt", "other")
    project.write("missing")
    changed = {name for name, value in seen.depends.items() if value_of(name, fresh) != value}
    assert changed == {"file:a.txt", "kind:missing"}
    assert value_of("nothing:known", fresh) is None


class TestKeeping:
    """A package may keep what it has read; what was kept is no longer read for the next page."""

    CACHE = "if 'seen' not in kept:\n kept['seen'] = {}"

    @pytest.mark.parametrize(("ask", "name"), [
        ("open('a.txt').read()", "file:a.txt"),
        ("os.listdir('folder')", "listing:folder"),
        ("os.path.exists('a.txt')", "kind:a.txt"),
        ("os.environ.get('DOCS_TOOLS_TEST_VARIABLE')", f"variable:{VARIABLE}"),
        ("os.getcwd()", "folder:"),
    ])  # fmt: skip
    def test_what_a_foreign_package_asked_for_the_pages_behind_depend_on(
        self, project: Project, ask: str, name: str
    ) -> None:
        code, kept = self.CACHE.format(ask), dict[str, str]()
        before = project.see("pass", "foreign").depends
        first = project.see(code, "foreign", kept=kept)
        second = project.see(code, "foreign", kept=kept)
        project.again()
        third = project.see("pass")
        assert name not in before
        assert first.depends[name] == second.depends[name] == third.depends[name]
        assert second.doubt is None

    def test_what_an_exact_package_asked_for_is_only_that_pages(self, project: Project) -> None:
        assert project.see("open('a.txt').close(); os.getenv('PATH')").depends
        assert project.see("pass") == Seen()
        assert kept_files(project.root) == frozenset()

    def test_what_a_foreign_package_has_an_exact_one_read_it_may_keep(
        self, project: Project
    ) -> None:
        read = run("def read(): open('a.txt').close()", "exact")["read"]
        project.see("read()", "foreign", read=read)
        assert "file:a.txt" in project.see("pass").depends
        assert kept_files(project.root) == {str(project.root / "a.txt")}

    def test_what_led_to_the_watching_has_kept_nothing(self, project: Project) -> None:
        inner = run("def inner(): open('a.txt').close()", "exact")["inner"]
        build = run("def build():\n with watcher.watching() as seen:\n  inner()\n return seen",
                    "foreign", watcher=project.watcher, inner=inner)["build"]  # fmt: skip
        assert "file:a.txt" in build().depends
        assert project.see("pass") == Seen()

    def test_what_is_kept_is_kept_as_it_was_read(self, project: Project) -> None:
        project.see("open('a.txt').close()", "foreign")
        before = Contents(project.root).of_file("a.txt")
        project.write("a.txt", "other text")
        project.again()
        seen = project.see("pass")
        assert seen.depends["file:a.txt"] == before
        assert "a.txt" in (seen.doubt or "")
        assert "while" not in (seen.doubt or ""), "it was edited long before"
        project.write("a.txt")
        project.again()
        assert project.see("pass").doubt is None

    def test_a_page_that_reads_a_kept_file_again_depends_on_what_it_holds_now(
        self, project: Project
    ) -> None:
        project.see("open('a.txt').close()", "foreign")
        project.write("a.txt", "other text")
        project.again()
        seen = project.see("open('a.txt').close()", "foreign")
        assert seen.depends["file:a.txt"] == Contents(project.root).of_file("a.txt")

    def test_other_projects_keep_nothing_of_this_one(
        self, project: Project, tmp_path: Path
    ) -> None:
        project.see("open('a.txt').close()", "foreign")
        other = Project(tmp_path / "other")
        assert other.see("pass") == Seen()

    def test_an_import_is_kept_whoever_imports(
        self, project: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        project.write("docs_tools_test_local.py", "import docs_tools_test_inner")
        project.write("docs_tools_test_inner.py", "VALUE = open('a.txt').read()")
        monkeypatch.syspath_prepend(str(project.root))
        for _ in range(2):
            seen = project.see("import docs_tools_test_local")
            assert seen.depends["file:docs_tools_test_local.py"] is not None
            assert seen.depends["file:docs_tools_test_inner.py"] is not None
            assert seen.depends["file:a.txt"] is not None
            assert seen.doubt is None, "what Python compiles is no one's writing"
            assert seen.depends["modules:."] is not None
            assert "listing:." not in seen.depends
            project.write("data.txt", "what can't be imported says nothing")
            (project.root / "site").mkdir(exist_ok=True)
        for name in ("local", "inner"):
            monkeypatch.delitem(sys.modules, f"docs_tools_test_{name}")
        seen = project.see("import docs_tools_test_local")
        # from the compiled files
        assert seen.depends["file:docs_tools_test_local.py"] is not None
        assert not [name for name in seen.depends if name.endswith(".pyc")]

    def test_packages_that_somebody_answers_for_are_left_out(self, project: Project) -> None:
        project.options["answered"] = frozenset({"answered"})
        project.again()
        code = (
            "open('a.txt').close(); os.listdir(); os.path.exists('a.txt'); os.getenv('PATH')\n"
            "os.stat('a.txt'); dict(os.environ); open('new', 'w').close(); os.remove('new')\n"
            "list(os.scandir())"
        )
        assert project.see(code, "answered") == Seen()
        assert project.see("pass") == Seen()


class TestWatching:
    """What is watched is watched exactly for as long as the body runs."""

    PLACES = ((os, "stat"), (os, "lstat"), (os, "access"), (os, "getcwd"), (builtins, "open"),
              (os.path, "getmtime"), (os.path, "exists"))  # fmt: skip

    def state(self) -> list[Any]:
        functions = [getattr(*place) for place in self.PLACES]
        return [*functions, type(os.environ)]

    def test_all_is_as_it_was_afterwards(self, project: Project) -> None:
        before = self.state()
        project.see("open('a.txt').close()")
        assert self.state() == before
        with pytest.raises(ZeroDivisionError):
            project.see("1 / 0")
        assert self.state() == before

    def test_nothing_is_seen_before_and_afterwards(self, project: Project) -> None:
        seen = project.see("os.path.exists('a.txt')")
        run("open('folder/b.txt').close(); os.path.exists('b'); os.getenv('PATH')", "exact")
        assert list(seen.depends) == ["kind:a.txt"]
        assert project.see("pass") == Seen()

    def test_an_error_in_the_body_comes_out_and_what_was_seen_stays_known(
        self, project: Project
    ) -> None:
        with (
            pytest.raises(ZeroDivisionError),
            project.watcher.watching() as seen,
        ):
            run("open('a.txt').close(); 1 / 0", "foreign")
        assert "file:a.txt" in seen.depends
        assert "file:a.txt" in project.see("pass").depends, "its package may have kept it"

    def test_answers_are_those_of_the_system(self, project: Project) -> None:
        whole = "(os.stat('a.txt'), os.lstat('a.txt'), os.access('a.txt', os.W_OK), os.getcwd())"
        assert project.see(f"assert {whole} == expected", expected=eval(whole)).depends
        with pytest.raises(FileNotFoundError):
            project.see("os.stat('missing')")
        with pytest.raises(TypeError):
            project.see("os.stat()")
        seen = project.see(f"assert dict(os.environ) == {dict(os.environ)!r}; len(os.environ)")
        assert seen.doubt

    def test_a_thread_may_tell_after_the_end(
        self, project: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As one that serves the site, and had begun to ask while a page was made."""
        original, late = watch.value_of, iter(range(1000))
        found: list[Seen] = []

        def value(name: str, contents: Contents) -> str | None:
            for seen in found:
                seen.depends[f"file:late{next(late)}.txt"] = None
            return original(name, contents)

        monkeypatch.setattr(watch, "value_of", value)
        with project.watcher.watching() as seen:
            run("open('a.txt').close(); open('folder/b.txt').close()", "exact")
            found.append(seen)
        assert {"file:a.txt", "file:folder/b.txt", "file:late0.txt"} <= set(seen.depends)
        assert seen.doubt is None

    def test_all_threads_are_seen(self, project: Project) -> None:
        for number in range(40):
            project.write(f"threads/{number}.txt")
        project.write("large.txt", "x" * 3_000_000)
        code = ("import threading\n"
                "def ask(number):\n open('large.txt').close()\n"
                " open(f'threads/{number}.txt').close()\n os.getenv(f'THREAD{number}')\n"
                "threads = [threading.Thread(target=ask, args=(n,)) for n in range(40)]\n"
                "[thread.start() for thread in threads]\n"
                "[thread.join() for thread in threads]")  # fmt: skip
        seen = project.see(code)
        for number in range(40):
            assert f"file:threads/{number}.txt" in seen.depends
            assert f"variable:THREAD{number}" in seen.depends

    def test_one_question_that_takes_long_hides_no_other(self, project: Project) -> None:
        """While a digest is made of what one thread opens, another thread asks."""
        hashing, asked = threading.Event(), threading.Event()

        class Slow(Contents):
            def of_file(self, path: str) -> str | None:
                if path == "a.txt":
                    hashing.set()
                    assert asked.wait(30)
                return super().of_file(path)

        project.watcher.contents = Slow(project.root)
        thread = threading.Thread(target=run, args=("open('a.txt').close()", "exact"))
        with project.watcher.watching() as seen:
            thread.start()
            assert hashing.wait(30)
            run("os.path.exists('folder')", "exact")
            asked.set()
            thread.join()
        assert {"file:a.txt", "kind:folder"} <= set(seen.depends)

    def test_what_is_unwatched_is_not_seen(self, project: Project) -> None:
        with project.watcher.watching() as seen:
            with unwatched(), unwatched():
                run("open('a.txt').close(); os.stat('a.txt')", "foreign")
            run("os.path.exists('folder')", "exact")
        assert seen == Seen({"kind:folder": "folder"})

    @pytest.mark.parametrize("same", [True, False])
    def test_what_is_made_while_something_else_is_made_belongs_to_both(
        self, project: Project, same: bool
    ) -> None:
        inner = project.watcher if same else Project(project.root).watcher
        before = self.state()
        with project.watcher.watching() as outer:
            run("os.path.exists('a.txt')", "exact")
            with inner.watching() as seen:
                run("open('folder/b.txt').close()", "exact")
            run("os.path.exists('folder')", "exact")
        assert set(seen.depends) == {"file:folder/b.txt"}
        assert {"kind:a.txt", "kind:folder"} <= set(outer.depends)
        # what the inner one was made from besides, such as its text, the outer one doesn't know
        assert "another page" in (outer.doubt or "")
        assert seen.doubt is None
        assert self.state() == before

    def test_a_file_that_is_edited_while_it_is_read_is_doubted(self, project: Project) -> None:
        path = project.root / "a.txt"

        def edit() -> None:
            with unwatched():
                path.write_text("other text")

        seen = project.see("open('a.txt').read(); edit(); open('a.txt').read()", edit=edit)
        assert seen.doubt
        seen = project.see("open('a.txt').read(); edit()", edit=edit)
        assert seen.doubt is None, "the same text again"
        path.write_text("first")
        seen = project.see("open('a.txt').read(); edit()", edit=edit)
        assert seen.doubt == "a.txt changed while the page was made"

    def test_a_folder_that_changes_while_it_is_listed_is_doubted(self, project: Project) -> None:
        def edit() -> None:
            with unwatched():
                project.write("folder/new.txt")

        seen = project.see("os.listdir('folder'); edit()", edit=edit)
        assert seen.doubt == "folder changed while the page was made"

    def test_the_first_doubt_is_told(self, project: Project) -> None:
        assert project.see("os.stat('a.txt'); os.mkdir('new')").doubt == (
            "asks for the size or the time of a.txt"
        )


@pytest.fixture
def server() -> Iterator[tuple[str, int]]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()


def test_a_connection_is_doubted(project: Project, server: tuple[str, int]) -> None:
    seen = project.see("import socket; socket.create_connection(address).close()", address=server)
    assert "asks the network" in (seen.doubt or "")


def test_what_is_installed_is_known() -> None:
    folders = installed_folders()
    for module in ("os", "json", "markdown", "pytest"):
        file = (
            sys.modules[module].__file__ if module in sys.modules else __import__(module).__file__
        )
        assert file is not None
        assert watch.is_below(file, folders)
    assert not watch.is_below(__file__, folders)


@pytest.mark.parametrize(("path", "expected"), [
    ("/a/b", True), ("/a/b/c", True), ("/a/bc", False), ("/a", False), ("b", False), ("", False),
])  # fmt: skip
def test_a_path_is_below_a_folder_or_the_folder_itself(path: str, expected: bool) -> None:
    assert watch.is_below(path, ("/other", "/a/b")) == expected


def test_a_callback_of_the_standard_library_asks_for_who_gave_it(project: Project) -> None:
    sort: Callable[..., Any] = run("def key(path): return os.path.exists(path)", "foreign")["key"]
    project.see("sorted(['a.txt', 'folder'], key=key)", key=sort)
    assert {"kind:a.txt", "kind:folder"} <= set(project.see("pass").depends)
