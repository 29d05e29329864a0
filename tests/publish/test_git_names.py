"""Names that git could take for an option, a path or an address; and addresses with passwords."""

from pathlib import Path

import pytest

from tests.project import TinyProject
from tests.publish.stand_in import CONFIG, make_site, publish, stand_in

BRANCHES = ["-d", "--all", "a b", "..", "a..b", "@{-1}", "HEAD", "x.lock", "a//b", "/x", "x/",
            "x:y", "a~1", "^x", "x?", "[x", "back\\slash"]  # fmt: skip
REMOTES = ["-x", "--upload-pack=touch", "../remote.git", "/srv/docs.git", ".", "..", "a:b",
           "https://user:secret@example.com/x.git", "ext::touch%20x", "a//b"]  # fmt: skip

WRONG_USAGE = [
    ("publish", "--version=--help"),
    ("publish", "--version=../x"),
    ("publish", "--version=a/b"),
    ("publish", "--version=."),
    ("publish", "--version="),
    ("publish", "--version=.git"),
    ("publish", "--version=a\nb"),
    ("publish", "--version=a:b"),
    ("publish", "--version=1.0.0", "--", "--force"),
    ("publish", "--version=1.0.0", "../latest"),
    ("publish", "--version=1.0.0", "versions.json"),
    ("publish", "--version=1.0.0", "1.0.0"),
    ("publish", "--version=1.0.0", "--ref=--help"),
    ("publish", "--version=1.0.0", "--ref=../x"),
    ("publish", "--version=1.0.0", "--ref=-d"),
    ("publish", "--version=1.0.0", "--ref=a b"),
    ("publish", "--version=1.0.0", "--ref="),
    ("publish", "--version=1.0.0", "--ref=HEAD:docs"),
    ("hotfix", "--version=-x"),
    ("hotfix", "--version=1.0.0", "--ref=-x"),
]


def everything(project: TinyProject) -> dict[str, str]:
    """All refs, and the files that lie around."""
    refs = project.git("for-each-ref")
    return {"refs": refs, "files": "\n".join(map(str, sorted(project.folder.parent.iterdir())))}


@pytest.mark.parametrize(
    ("key", "names"), [("remote_branch", BRANCHES), ("remote_name", REMOTES)], ids=str
)
def test_a_branch_or_a_remote_that_is_none_is_refused(
    small: TinyProject, tmp_path: Path, key: str, names: list[str]
) -> None:
    site = make_site(tmp_path / "site")
    small.git("checkout", "--quiet", "-b", "another")
    small.git("checkout", "--quiet", "main")
    before = everything(small)
    for name in names:
        small.write("mkdocs.yml", f"{CONFIG}{key}: {name!r}\n")
        result = publish(small, "1.0.0", "--push", site=site)
        assert result.status == 1, name
        assert f"{key}: " in result.err, name
        assert "is no name" in result.err, name
        assert "secret" not in result.err
        assert small.docs_tools("versions", "list").err == result.err
    assert everything(small) == before


def test_a_branch_in_a_folder_and_a_remote_of_another_name_are_fine(
    small: TinyProject, tmp_path: Path
) -> None:
    small.git("remote", "rename", "origin", "up/stream")
    small.write("mkdocs.yml", f"{CONFIG}remote_branch: docs/pages\nremote_name: up/stream\n")
    result = publish(small, "1.0.0", "--push", "--json", site=make_site(tmp_path / "site"))
    assert result.status == 0, result.err
    there = small.git("--git-dir", str(small.remote), "rev-parse", "refs/heads/docs/pages")
    assert there == result.json["commit"]


@pytest.mark.parametrize("arguments", WRONG_USAGE, ids=str)
def test_a_version_an_alias_or_a_ref_that_is_none_is_wrong_usage(
    small: TinyProject, arguments: tuple[str, ...]
) -> None:
    before = everything(small)
    result = small.docs_tools(*arguments)
    assert result.status == 2, result.err
    assert "Traceback" not in result.err
    assert everything(small) == before


@pytest.mark.parametrize("name", ["origin", "up"])
def test_a_password_in_an_address_is_never_shown_or_published(
    small: TinyProject, tmp_path: Path, name: str
) -> None:
    """Port 1 answers to nobody; an `@` in a password is what people forget to write as %40."""
    site = make_site(tmp_path / "site")
    assert publish(small, "0.1.0", site=site).status == 0
    small.git("remote", "rename", "origin", name) if name != "origin" else None
    small.git("config", f"remote.{name}.url", "https://us3r:t0k@3n@127.0.0.1:1/x.git")
    small.write("mkdocs.yml", f"{CONFIG}remote_name: {name}\n")
    for command, status in (
        (("publish", "--version", "1.0.0", "--site-dir", site), 0),
        (("publish", "--version", "2.0.0", "--site-dir", site, "--json"), 0),
        (("publish", "--version", "3.0.0", "--site-dir", site, "--dry-run", "--json"), 0),
        (("publish", "--version", "3.0.0", "--site-dir", site, "--push"), 1),
        (("hotfix", "--version", "1.0.0", "--site-dir", site, "--push", "--json"), 1),
        (("versions", "list"), 0),
        (("versions", "retitle", "1.0.0", "One", "--json"), 0),
        (("versions", "retitle", "1.0.0", "Two", "--push"), 1),
    ):
        result = small.docs_tools("-v", *command)
        assert result.status == status, result.err
        assert f"{name} can't be reached" in result.out + result.err
        for part in ("us3r", "t0k", "3n"):
            assert part not in result.out + result.err
    assert "t0k" not in small.git("log", "--patch", "--format=%B%an%ae%cn%ce", "gh-pages")


@pytest.mark.parametrize("command", ["fetch", "push"])
def test_a_password_in_what_git_says_is_masked(
    released: TinyProject, tmp_path: Path, command: str
) -> None:
    address = "https://us3r:t0k@3n@example.com/x.git"
    says = f"echo \"fatal: unable to access '{address}/': for ssh://ann:s3cr3t@host/x\" >&2"
    stand = stand_in(tmp_path / "bin", f'[ "$1" = {command} ] && {{ {says}; exit 128; }}')
    result = publish(released, "2.0.0", "--push", site=make_site(tmp_path / "two"), stand=stand)
    assert result.status == 1
    assert "unable to access 'https://***@example.com/x.git/': for ssh://***@host/x" in result.err
    for part in ("us3r", "t0k", "3n", "ann", "s3cr3t"):
        assert part not in result.err
