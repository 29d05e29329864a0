"""A project that publishes into a bucket, small sites for it, and what the bucket holds."""

import gzip
import hashlib
import io
import json
import posixpath
import subprocess
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.aws.buckets import Bucket, Stored
from tests.aws.server import AwsServer
from tests.forkserver import READ_SECONDS
from tests.project import Result, TinyProject
from tests.publish.stand_in import GIT

BUCKET = "docs-bucket"
RECORD = ".docs_tools/record.json"
MANIFEST = "docs-manifest.json"

CONFIG: dict[str, Any] = {
    "site_name": "Tiny",
    "site_url": "https://docs.example.com/",
    "theme": {"name": "mkdocs"},
}
FILES = {"docs/index.md": "# Tiny\n"}

Sites = Mapping[str, Stored]


def config(git: bool = False, alias_type: str = "copy", deploy_prefix: str = "", **s3: Any) -> str:
    """A `mkdocs.yml` that publishes into the bucket, and on the branch too where it is told."""
    targets: dict[str, Any] = {"git": {"push": False}} if git else {}
    plugins = [
        {"mike": {"alias_type": alias_type, "deploy_prefix": deploy_prefix}},
        {"docs_tools/publish": {"targets": {**targets, "s3": {"bucket": BUCKET, **s3}}}},
    ]
    return json.dumps({**CONFIG, "plugins": plugins})


def site(
    objects: int, text: str = "text", changed: Iterable[int] = (), more: str = ""
) -> dict[str, str]:
    """The files of a site: pages that refer to assets whose names change with what they hold.

    Args:
        objects: How many files; a quarter are assets, three are indexes.
        text: What the pages and assets that changed say.
        changed: The numbers of those pages and assets; all, where none is named.
        more: What else stands in each page.
    """
    assets = (objects - 3) // 4
    pages = objects - 3 - assets
    numbers = set(changed) or range(objects)
    files, names = {}, []
    for number in range(assets):
        content = f"/* {number} {text if number in numbers else ''} */"
        hash_ = hashlib.sha256(content.encode()).hexdigest()[:8]
        # half of them come behind the pages in the alphabet
        names.append(
            f"theme/a{number}.{hash_}.css" if number % 2
            else f"assets/javascripts/a{number}.{hash_}.min.js"
        )  # fmt: skip
        files[names[-1]] = content
    for number in range(pages):
        path = _page(number)
        refs = [names[number % assets], names[(number + 1) % assets]] if assets else []
        refs += [_page((number + 1) % pages)]
        links = "".join(
            f'<a href="{posixpath.relpath(r, posixpath.dirname(path) or ".")}">x</a>' for r in refs
        )
        said = text if number in numbers else ""
        files[path] = f"<html><body><p>Page {number} {said}{more}</p>{links}</body></html>\n"
    files["search/search_index.json"] = json.dumps({"docs": sorted(files), "text": text})
    files["sitemap.xml"] = "<urlset/>\n"
    files["objects.inv"] = f"# Sphinx inventory {text}\n"
    return files


def _page(number: int) -> str:
    return "index.html" if number == 0 else f"part{number % 5}/page{number}/index.html"


class _References(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("href", "src") and value]


def references(key: str, page: bytes) -> Iterator[str]:
    """The keys that a page refers to; a folder stands for its index page."""
    parser = _References()
    parser.feed(page.decode())
    for address in parser.found:
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or not parts.path:
            continue
        path = unquote(parts.path)
        target = posixpath.normpath(posixpath.join("/", posixpath.dirname(key), path)).lstrip("/")
        is_folder = path.endswith("/") or posixpath.basename(path) in (".", "..")
        yield posixpath.join(target, "index.html") if is_folder else target


def faults(now: Sites, *states: Sites, prefix: str = "") -> list[str]:
    """What a reader would run into.

    Args:
        now: What the bucket holds.
        states: The states before and after: each page is as in one of them.
        prefix: Of the site in the bucket.
    """
    found = []
    for key, stored in now.items():
        if key.endswith(RECORD):
            json.loads(stored.content)
            continue
        if not stored.is_sound:
            found.append(f"{key} has no SHA-256, or a wrong one")
        if states and not any(key in state and state[key] == stored for state in states):
            found.append(f"{key} is neither old nor new")
    reached = states[0] if states else now
    found += _dangling(now, {key for key in reached if key in now})
    return found + list(_incomplete(now, prefix))


def _dangling(now: Sites, starts: set[str]) -> Iterator[str]:
    """The references to nothing, in all pages that a reader comes to from some."""
    seen, waiting = set(starts), sorted(starts)
    while waiting:
        key = waiting.pop()
        if key not in now or not key.endswith(".html") or posixpath.basename(key) == "404.html":
            continue
        targets = set(references(key, decoded(now[key])))
        yield from (f"{key} refers to {one}, which isn't there" for one in targets - now.keys())
        waiting += sorted(targets - seen)
        seen |= targets


def decoded(stored: Stored) -> bytes:
    """The file that an object was made of."""
    return gzip.decompress(stored.content) if stored.encoding == "gzip" else stored.content


def _incomplete(now: Sites, prefix: str) -> Iterator[str]:
    """The versions that are listed, and aren't whole."""
    root = f"{prefix}/" if prefix else ""
    if f"{root}versions.json" not in now:
        return
    entries = json.loads(now[f"{root}versions.json"].content)
    names = [name for entry in entries for name in (entry["version"], *entry["aliases"])]
    if len(names) != len(set(names)):
        yield f"versions.json lists a name twice: {names}"
    for entry in entries:
        start = f"{root}{entry['version']}/"
        if start + MANIFEST not in now:
            yield f"{start} is listed without a manifest"
            continue
        for path in json.loads(now[start + MANIFEST].content)["files"]:
            if start + path not in now:
                yield f"{start}{path} is in the manifest, and not there"
        for alias in entry["aliases"]:
            if f"{root}{alias}/index.html" not in now:
                yield f"{alias} is listed, and not there"


@dataclass
class Bench:
    """A project, and the bucket that it publishes into.

    Attributes:
        aws: AWS.
        bucket: The bucket.
        project: The project.
        env: Variables of each command; the first failure of a request is the last, where a test
            doesn't say otherwise.
    """

    aws: AwsServer
    bucket: Bucket
    project: TinyProject
    env: dict[str, str] = field(
        default_factory=lambda: {"AWS_MAX_ATTEMPTS": "1", READ_SECONDS: "20"}
    )

    @property
    def folder(self) -> Path:
        return self.project.folder.parent

    def configure(self, **options: Any) -> None:
        """Writes another `mkdocs.yml`."""
        self.project.write("mkdocs.yml", config(**options))
        self.project.git("add", "--all")
        self.project.git("commit", "--quiet", "--allow-empty", "--message", "configuration")

    def write_site(self, name: str, files: Mapping[str, str]) -> str:
        """Makes a folder with a site; its path."""
        folder = self.folder / name
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        return str(folder)

    def docs_tools(self, *words: str, env: Mapping[str, str] | None = None) -> Result:
        """Runs a command."""
        return self.project.docs_tools(*words, env={**self.env, **(env or {})})

    def run(self, *words: str) -> Result:
        """Runs a command that has to succeed."""
        result = self.docs_tools(*words)
        assert result.status == 0, result.err
        return result

    def publish(self, version: str, *words: str, site: str) -> Result:
        """Publishes a site, which has to succeed."""
        return self.run("publish", "--version", version, *words, "--site-dir", site)

    def objects(self) -> dict[str, Stored]:
        """What the bucket holds."""
        return self.bucket.objects()

    def json(self, key: str) -> Any:
        """An object that is JSON."""
        return json.loads(self.bucket.get(key) or b"null")

    @property
    def versions(self) -> list[str]:
        """The versions that are listed."""
        return [entry["version"] for entry in self.json("versions.json")]

    def state(self) -> dict[str, Stored]:
        """What it holds, without what differs from run to run."""
        return {key: calmed(key, stored) for key, stored in self.objects().items()}

    def forget_writers(self) -> None:
        """So much time passes that nobody waits any more for those who were cut off."""
        for key in [key for key in self.objects() if key.endswith(RECORD)]:
            record = self.json(key)
            if not record["claims"]:
                continue
            for claim in record["claims"].values():
                claim["since"] = "2020-01-01T00:00:00Z"
            self.bucket.put(key, json.dumps(record).encode())

    def fair(self) -> None:
        """Nothing goes wrong, and nothing was asked yet."""
        self.aws.s3.settle()
        self.aws.s3.reset()


def on_branch(project: TinyProject) -> dict[str, bytes]:
    """The files of the docs branch by path; what is behind a link stands at its path too."""
    packed = subprocess.run(
        [GIT, "archive", "gh-pages"], cwd=project.folder, capture_output=True, check=True
    ).stdout
    found: dict[str, bytes] = {}
    links: dict[str, str] = {}
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for one in archive:
            if one.issym():
                links[one.name] = posixpath.join(posixpath.dirname(one.name), one.linkname)
            elif content := archive.extractfile(one):
                found[one.name] = content.read()
    for link, target in links.items():
        below = [path for path in found if path.startswith(f"{target}/")]
        found.update({link + path.removeprefix(target): found[path] for path in below})
    return found


def calmed(key: str, stored: Stored) -> Stored:
    """An object without dates and the names of runs, if it is the record."""
    if not key.endswith(RECORD):
        return stored
    record = json.loads(stored.content)
    record["revision"] = ""
    record["due"] = sorted(record["due"])
    record["claims"] = [{**claim, "since": ""} for claim in record["claims"].values()]
    return replace(stored, content=json.dumps(record, sort_keys=True).encode(), sha256="")
