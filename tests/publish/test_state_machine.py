"""Our commands and the real `mike` take turns on one branch, in any order, and agree on it.

After each step the branch, our list and mike's are compared with a model of what is published.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.project import Result, TinyProject
from tests.publish import by_hand
from tests.publish.branch import MANIFEST, Branch, Variant, blob, listed, published
from tests.publish.model import Model, Publish, RefusedError, Version
from tests.size import LONG, examples

FILES = {
    "theme/main.html": "<html><body>{{ page.content }}</body></html>\n",
    "docs/index.md": "# one\n",
    ".gitignore": "site/\n",
}
SITES = {
    "one": {"index.html": "<p>one</p>", "sub/page.html": "<p>page</p>", "a.js": "1;"},
    "two": {"index.html": "<p>two</p>", "a.js": "1;"},
    "three": {"index.html": "<p>three</p>", "sub.html": "<p>sub</p>"},
}

# "2" is asked for as a version and as an alias
VERSIONS = st.sampled_from(["1.0.0", "2.0.0", "2", "dev"])
ALIAS = st.sampled_from(["latest", "stable", "2", "1.0.0"])
ALIASES = st.lists(ALIAS, max_size=2, unique=True)
SOME_ALIASES = st.lists(ALIAS, min_size=1, max_size=2, unique=True)
NAMES = st.sampled_from(["1.0.0", "latest", "2.0.0", "stable", "2"])
TITLES = st.none() | st.sampled_from(["Title", "Täglich"])
SITE = st.sampled_from(sorted(SITES))


VARIANTS = [Variant(), Variant(prefix="docs/guide")]
if LONG:
    VARIANTS += [Variant("symlink"), Variant("symlink", "docs"), Variant("redirect"),
                 Variant("redirect", "docs"), Variant(push=True)]  # fmt: skip


def create(top: Path, variant: Variant) -> Path:
    """The project that every example starts from, and the sites; their folder."""
    project = TinyProject(top / "project").create({**FILES, "mkdocs.yml": variant.config})
    if variant.push:
        project.git("remote", "set-url", "origin", "../remote.git")
    else:
        project.git("remote", "remove", "origin")
    for git in (project.folder / ".git", project.remote):
        shutil.rmtree(git / "hooks")
    for site, files in SITES.items():
        for path, text in files.items():
            project.write(f"../{site}/{path}", text)
    return top


class Publishing(RuleBasedStateMachine):
    """Commands on one branch."""

    origin: Path
    variant: Variant
    branch: Branch

    def __init__(self) -> None:
        super().__init__()
        self.top = Path(mkdtemp(prefix="state-"))
        shutil.copytree(self.origin, self.top, symlinks=True, dirs_exist_ok=True)
        env = {"SOURCE_DATE_EPOCH": "1700000000"}
        self.project = TinyProject(self.top / "project", env)
        self.model = Model()
        self.order: list[str] = []

    def teardown(self) -> None:
        shutil.rmtree(self.top)

    @initialize(site=SITE)
    def begin(self, site: str) -> None:
        self.publish("1.0.0", site, ["latest"], None, False)
        self.mike_deploy("2.0.0", site, ["stable"], None, False)

    # our commands

    @rule(version=VERSIONS, site=SITE, aliases=ALIASES, title=TITLES, update=st.booleans())
    def publish(
        self, version: str, site: str, aliases: list[str], title: str | None, update: bool
    ) -> None:
        flags = ["-u"] * update + (["--title", title] if title else [])
        command = ["publish", "--version", version, *aliases, *flags, "--site-dir", f"../{site}"]
        self.ours(command, lambda model: model.deploy(version, title, aliases, update))
        self.brought(version, site)

    @rule(version=NAMES, site=SITE)
    def hotfix(self, version: str, site: str) -> None:
        command = ["hotfix", "--version", version, "--site-dir", f"../{site}"]
        self.ours(command, lambda model: require_version(model, version))
        self.brought(version, site)

    @rule(name=NAMES, aliases=SOME_ALIASES, update=st.booleans())
    def alias(self, name: str, aliases: list[str], update: bool) -> None:
        def change(model: Model) -> None:
            if name in aliases:  # mike takes an alias as an alias of itself
                raise RefusedError
            model.alias(name, aliases, update)

        self.ours(["versions", "alias", name, *aliases, *["-u"] * update], change)

    @rule(name=st.none() | NAMES)
    def default(self, name: str | None) -> None:
        self.ours(["versions", "default", name or "--none"], lambda model: model.lead_to(name))

    @rule(name=NAMES, title=TITLES.filter(bool))
    def retitle(self, name: str, title: str) -> None:
        self.ours(["versions", "retitle", name, title], lambda model: retitle(model, name, title))

    @rule(name=NAMES, show=st.booleans())
    def hide(self, name: str, show: bool) -> None:
        def change(model: Model) -> None:
            if model[name].properties.get("hidden", False) == show:
                model[name].put("hidden", None if show else True)

        self.ours(["versions", "hide", name, *["--show"] * show], change)

    # which version is the newest, and needs no mark to be current, is no matter of the list
    @rule(name=NAMES, mark=st.sampled_from(["eol", "prerelease"]))
    def mark(self, name: str, mark: str) -> None:
        self.ours(
            ["versions", "mark", name, mark],
            lambda model: model[name].put("docs_tools.status", mark),
        )

    @rule(names=st.lists(NAMES, min_size=1, max_size=3, unique=True))
    def delete(self, names: list[str]) -> None:
        self.ours(["versions", "delete", *names], lambda model: model.delete(names))

    @rule(version=VERSIONS)
    @precondition(lambda self: self.model.default not in self.model.versions)
    def delete_with_aliases(self, version: str) -> None:
        entry = self.model.versions.get(version, Version(""))
        names = [version, *sorted(entry.aliases)]
        self.ours(["versions", "delete", *names], lambda model: model.delete(names))

    @rule(name=NAMES)
    def rollback(self, name: str) -> None:
        self.ours(["versions", "rollback", name], lambda model: model.rollback(name))
        with suppress(RefusedError):
            version = self.model.version(name)
            assert self.branch.hash(version) == self.model[version].publishes[-1].tree
            self.has_history(version)

    # mike's

    @rule(version=VERSIONS, page=SITE, aliases=ALIASES, title=TITLES, update=st.booleans())
    def mike_deploy(
        self, version: str, page: str, aliases: list[str], title: str | None, update: bool
    ) -> None:
        self.project.write("docs/index.md", f"# {page}\n")
        flags = ["-u"] * update + (["--title", title] if title else [])

        def change(model: Model) -> None:
            model.deploy(version, title, aliases, update)
            model.forget_unknown()

        if self.mike(["deploy", *flags, version, *aliases], change):
            path = self.variant.path(f"{version}/index.html")
            assert f"{page}</h1>" in self.project.published(path)
            self.remember(version, is_ours=False)

    @rule(name=NAMES, aliases=SOME_ALIASES, update=st.booleans())
    def mike_alias(self, name: str, aliases: list[str], update: bool) -> None:
        def change(model: Model) -> None:
            model.alias(name, aliases, update)
            model.forget_unknown()

        self.mike(["alias", name, *aliases, *["-u"] * update], change)

    @rule(name=NAMES)
    def mike_delete(self, name: str) -> None:
        def change(model: Model) -> None:
            model.delete_as_mike(name)
            model.forget_unknown()

        self.mike(["delete", name], change)

    @rule(name=NAMES, title=TITLES.filter(bool))
    def mike_retitle(self, name: str, title: str) -> None:
        def change(model: Model) -> None:
            retitle(model, name, title)
            model.forget_unknown()

        self.mike(["retitle", name, title], change)

    @rule(name=NAMES)
    def mike_set_default(self, name: str) -> None:
        self.mike(["set-default", name], lambda model: model.lead_to(name), writes_list=False)

    @rule(name=NAMES, value=st.none() | st.integers(0, 1))
    def mike_props(self, name: str, value: int | None) -> None:
        def change(model: Model) -> None:
            properties = model[name].properties
            model[name].properties = {} if value is None else {**properties, "foreign": value}
            model.forget_unknown()

        what = ["--delete-all"] if value is None else ["--set", f"foreign={value}"]
        self.mike(["props", name, *what], change)

    # and a person

    @rule(value=st.integers(0, 1), turned=st.booleans())
    @precondition(lambda self: self.model.versions)
    def edit_list(self, value: int, turned: bool) -> None:
        """A key that no command knows, and another order."""
        entries = self.branch.list
        entries[0]["note"] = self.model[entries[0]["version"]].unknown["note"] = value
        text = json.dumps(entries[::-1] if turned else entries, indent=2) + "\n"
        by_hand.alter(self.project, {self.variant.path("versions.json"): text.encode()})
        if self.variant.push:
            self.project.git("push", "--quiet", "origin", "gh-pages")
        self.branch = Branch(self.project, self.variant)
        self.order = [entry["version"] for entry in self.branch.list]
        self.agree()

    # what both do, and what holds then

    def ours(self, command: list[str], change: Callable[[Model], None]) -> None:
        """Runs our command; the branch afterwards is as the model says."""
        if self.does(change, lambda: self.project.docs_tools(*command)):
            listed = self.agree()
            kept = [name for name in self.order if name in self.model.versions]
            now = [entry["version"] for entry in self.branch.list]
            assert [name for name in now if name in kept] == kept
            if [name for name in listed if name in kept] == kept:
                assert now == listed, "a new version isn't where mike sorts it"
            self.order = now
            self.verify()

    def mike(
        self, command: list[str], change: Callable[[Model], None], *, writes_list: bool = True
    ) -> bool:
        """Runs mike's command; whether the branch changed."""
        push = ["--push"] * self.variant.push
        changed = self.does(change, lambda: self.project.try_mike(*command, *push))
        if changed:
            listed = self.agree()
            self.order = listed if writes_list else self.order
            assert [entry["version"] for entry in self.branch.list] == self.order
        return changed

    def does(self, change: Callable[[Model], None], run: Callable[[], Result]) -> bool:
        """Runs a command that fails where the model refuses; whether the branch changed."""
        self.before, self.refused = deepcopy(self.model), False
        try:
            change(self.model)
        except RefusedError:
            self.model, self.refused = deepcopy(self.before), True
        head, result = self.head, run()
        assert (result.status in (1, 2)) == self.refused, result
        assert self.refused or result.status == 0, result
        if self.head == head:
            assert self.model == self.before
            return False
        assert not self.refused, "it failed, and changed the branch"
        self.branch = Branch(self.project, self.variant)
        return True

    @property
    def head(self) -> str:
        """The docs branch."""
        return self.project.git("for-each-ref", "--format=%(objectname)", "refs/heads/gh-pages")

    def brought(self, version: str, site: str) -> None:
        """What our command put into a version is the site, and nothing where that was there."""
        if self.refused:
            return
        files = {path: blob(text) for path, text in SITES[site].items()}
        assert self.branch.files(version) == files
        publishes = self.model[version].publishes
        if publishes and publishes[-1].files == files:
            assert self.branch.hash(version) == publishes[-1].tree
        self.remember(version, is_ours=True)
        self.has_history(version)

    def has_history(self, version: str) -> None:
        """Its history can be told."""
        history = self.project.docs_tools("versions", "history", version, "--json")
        assert (history.status, bool(history.json)) == (0, True), history

    def remember(self, version: str, *, is_ours: bool) -> None:
        """Has the model remember what was published.

        A title that comes with the same files is a publish only where the commit says so.
        """
        tree, entry = self.branch.hash(version), self.model[version]
        title = self.before.versions.get(version, entry).title
        retitled = is_ours and entry.title != title
        if not entry.publishes or entry.publishes[-1].tree != tree or retitled:
            entry.publishes.append(Publish(tree, self.branch.files(version), title))

    def agree(self) -> list[str]:
        """Branch, our list and mike's are as the model says; the versions in mike's order."""
        self.branch.check(self.model)
        ours = self.project.docs_tools("versions", "list", "--json")
        mikes = self.project.try_mike("list", "--json")
        for entries in (ours.json, mikes.json):
            assert {entry["version"]: listed(entry) for entry in entries} == published(self.model)
        for entry in ours.json:
            names = {entry["version"], *entry["aliases"]}
            assert entry["default"] == (self.model.default in names)
        if self.variant.push:
            assert self.project.git("ls-remote", "origin", "gh-pages").split()[0] == self.head
        return [entry["version"] for entry in mikes.json]

    def verify(self) -> None:
        """Every file is as it was published; the root may lead nowhere since mike deleted that."""
        result = self.project.docs_tools("versions", "verify", "--json")
        found = {one["version"]: one for one in result.json["versions"]}
        assert found.keys() == self.model.versions.keys()
        for version, one in found.items():
            assert one["problems"] == []
            assert one["manifest"] == self.branch.has(f"{version}/{MANIFEST}")
        dangling = self.model.default is not None and not self.model.has(self.model.default)
        assert len(result.json["problems"]) == result.status == dangling, result


def retitle(model: Model, name: str, title: str) -> None:
    model[name].title = title


def require_version(model: Model, name: str) -> None:
    if name not in model.versions:
        raise RefusedError


def machine(tmp_path: Path, variant: Variant) -> type[Publishing]:
    """The state machine of a variant."""
    origin = create(tmp_path / "origin", variant)
    return type("Publishing", (Publishing,), {"origin": origin, "variant": variant})


@pytest.fixture
def steps(tmp_path: Path) -> Iterator[Publishing]:
    """Some steps, one by one."""
    made = machine(tmp_path, Variant())()
    made.begin("one")
    yield made
    made.teardown()


# what was found to go wrong


def test_a_version_whose_name_was_an_alias_has_nothing_before_its_first_publish(
    steps: Publishing,
) -> None:
    steps.alias("1.0.0", ["2"], False)
    steps.publish("2", "two", [], None, True)
    steps.rollback("2")
    assert steps.refused


def test_a_version_whose_name_was_an_alias_of_the_same_site_gets_a_manifest_of_its_own(
    steps: Publishing,
) -> None:
    steps.alias("1.0.0", ["2"], False)
    steps.publish("2", "one", [], None, True)
    assert steps.branch.hash("2") != steps.branch.hash("1.0.0")


def test_what_mike_published_is_sound_after_a_rollback_to_it(steps: Publishing) -> None:
    steps.publish("2.0.0", "two", [], None, False)
    steps.rollback("2.0.0")
    assert not steps.branch.has(f"2.0.0/{MANIFEST}")


def test_a_rollback_never_stops_at_a_title_that_was_changed_back(steps: Publishing) -> None:
    steps.publish("1.0.0", "two", [], "Title", False)
    steps.publish("1.0.0", "two", [], "Other", False)
    steps.retitle("1.0.0", "Title")
    steps.rollback("1.0.0")
    assert steps.model["1.0.0"].title == "1.0.0"


@pytest.mark.parametrize("variant", VARIANTS, ids=str)
def test_docs_tools_and_mike_agree_after_any_steps(tmp_path: Path, variant: Variant) -> None:
    run_state_machine_as_test(
        machine(tmp_path, variant),
        settings=settings(
            max_examples=examples(8) // len(VARIANTS),
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            # each step is some processes: the search for fewer steps would take minutes
            phases=[Phase.explicit, Phase.reuse, Phase.generate, *[Phase.shrink] * LONG],
        ),
    )
