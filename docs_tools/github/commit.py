"""A commit made of changed files, through GitHub's API, and read back."""

from collections.abc import Iterable, Iterator, Mapping

from docs_tools.github.answers import Entry, Tree
from docs_tools.github.client import GitHub, blob_hash
from docs_tools.github.explain import GitHubError
from docs_tools.github.repository_files import RepositoryFiles

__all__ = ["make_commit"]

_INLINE = 1_000_000  # bytes: a larger file goes in a request of its own, as does the rest of many


def make_commit(
    github: GitHub,
    parent: str,
    tree: Tree,
    files: RepositoryFiles,
    contents: Mapping[str, bytes],
    message: str,
) -> str:
    """Puts a commit there that changes some files of another one; no branch has it yet.

    Args:
        github: Where it goes.
        parent: The commit that it follows.
        tree: All that is in that commit.
        files: The files in it.
        contents: What changes: their modes stay.
        message: What the commit says.

    Returns:
        The name of the commit.

    Raises:
        GitHubError: It could not be made, or isn't what it should be.
    """
    made = tree.sha
    for entries in _portions(_entry(github, files, path, contents[path]) for path in contents):
        made = github.make_tree(made, entries)
    wanted = {entry.path: entry for entry in tree.tree if entry.type != "tree"}
    for path, content in contents.items():
        sha = blob_hash(content, tree.sha)
        wanted[path] = wanted[path].model_copy(update={"sha": sha})
    _check(github.tree(made), wanted)
    return github.make_commit(made, parent, message)


def _entry(github: GitHub, files: RepositoryFiles, path: str, content: bytes) -> dict[str, str]:
    """A file as a tree takes it: what JSON might not hold as it is goes there in base64."""
    entry = {"path": path, "mode": files.entry(path).mode, "type": "blob"}
    text = None
    if len(content) <= _INLINE and b"\0" not in content and not content.startswith(b"\xef\xbb\xbf"):
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            text = None
    if text is not None:
        return {**entry, "content": text}
    return {**entry, "sha": github.make_blob(content)}


def _portions(entries: Iterable[dict[str, str]]) -> Iterator[list[dict[str, str]]]:
    """Entries in lists that are small enough for a request each."""
    portion: list[dict[str, str]] = []
    size = 0
    for entry in entries:
        new = sum(map(len, entry.values()))
        if portion and size + new > _INLINE:
            yield portion
            portion, size = [], 0
        portion.append(entry)
        size += new
    if portion:
        yield portion


def _check(tree: Tree, wanted: Mapping[str, Entry]) -> None:
    """Compares what was made to what should be, before any branch has it."""
    made = {entry.path: entry for entry in tree.tree if entry.type != "tree"}
    if made != wanted:
        paths = sorted(made.keys() | wanted.keys())
        wrong = next(path for path in paths if made.get(path) != wanted.get(path))
        raise GitHubError(f"GitHub did not write {wrong} as it was sent: nothing was changed")
