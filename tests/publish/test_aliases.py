"""What an alias costs, however many files its version has."""

from pathlib import Path

import pytest

from tests.project import TinyProject
from tests.publish.stand_in import CONFIG, publish, stand_in
from tests.size import examples

PAGES, FILES = examples(100), 5000


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A site of 5,000 files, some of which are pages."""
    folder = tmp_path_factory.mktemp("large")
    for number in range(FILES):
        name = "page.html" if number < PAGES else "data.json"
        path = folder / "files" / f"{number}{name}"
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    return str(folder)


@pytest.mark.parametrize("alias_type", ["copy", "redirect", "symlink"])
def test_an_alias_of_5000_files_takes_at_most_10_calls_of_git(
    small: TinyProject, tmp_path: Path, large: str, alias_type: str
) -> None:
    small.write("mkdocs.yml", CONFIG.replace("copy", alias_type))
    assert publish(small, "1.0.0", site=large).status == 0
    without, with_alias = stand_in(tmp_path / "without"), stand_in(tmp_path / "with")
    for stand, change in (
        (without, ["retitle", "1.0.0", "One"]),
        (with_alias, ["alias", "1.0.0", "a"]),
    ):
        result = small.docs_tools("versions", *change, env=stand.env)
        assert result.status == 0, result.err
    assert 0 < len(without.calls) <= len(with_alias.calls) <= len(without.calls) + 10
    paths = small.tree("a/" if alias_type != "symlink" else "a")
    files = {path.replace("1.0.0/", "a/", 1) for path in small.tree("1.0.0")}
    expected = {"copy": files, "redirect": files - {"a/docs-manifest.json"}, "symlink": {"a"}}
    assert paths.keys() == expected[alias_type]
