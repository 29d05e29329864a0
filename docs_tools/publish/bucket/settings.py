"""The buckets that a project publishes to, from its configuration."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from docs_tools.build.plugin_settings import PUBLISH
from docs_tools.errors import DocsToolsError, count_problems
from docs_tools.publish.bucket.in_config import diagnose_option
from docs_tools.publish.bucket.rules import RULES, Unfit, check_control, check_glob, check_keys

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

__all__ = ["OPTIONS", "BucketSettings", "CacheRule"]

OPTIONS = (*RULES, "cache")
"""The options of a bucket."""

_CACHE_KEYS = ("match", "control")
_EXAMPLE = 'cache: [{match: "*.pdf", control: "max-age=3600"}]'

_Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True)
class CacheRule:
    """How long some files may be kept.

    Attributes:
        match: A glob as in `.gitignore`, from the folder of a version.
        control: Their `Cache-Control`.
    """

    match: str
    control: str


@dataclass(frozen=True)
class BucketSettings:
    """A bucket, and how the site stands in it.

    Attributes:
        name: What `--target` calls it.
        bucket: The bucket's name.
        prefix: What all keys begin with, without a slash at its ends, or "".
        region: The bucket's region; that of the session where none is given.
        owner: The account that must own the bucket, 12 digits.
        distribution: The id of the CloudFront distribution in front of it.
        origin_path: Whether the distribution adds the prefix, so that addresses lack it.
        alias_type: How an alias stands there: `copy` or `redirect`.
        cache: Rules for `Cache-Control` that go before the built-in ones; the first match counts.
        gzip: Globs of the files that are kept compressed.
        delete_after: Hours until what nothing refers to any more is deleted.
        public: Whether the bucket is meant to be public.
    """

    name: str
    bucket: str
    prefix: str = ""
    region: str | None = None
    owner: str | None = None
    distribution: str | None = None
    origin_path: bool = False
    alias_type: str = "copy"
    cache: tuple[CacheRule, ...] = ()
    gzip: tuple[str, ...] = ()
    delete_after: float = 24
    public: bool = False

    @property
    def place(self) -> str:
        """Where the site is, such as `s3://docs-bucket/toolbox`."""
        return f"s3://{self.bucket}/{self.prefix}".rstrip("/")

    @classmethod
    def of(cls, config: "MkDocsConfig") -> "tuple[BucketSettings, ...]":
        """Reads a loaded configuration.

        Returns:
            The buckets in their order; none where the project has no such target.

        Raises:
            DocsToolsError: An option isn't valid; each one that isn't is told.
        """
        own: Any = config.plugins.get(PUBLISH)
        written = own.config.targets.s3 if own else ()
        if written == ():
            return ()
        mike: Any = config.plugins.get("mike")
        alias_type = (mike.config.get("alias_type") if mike else None) or "copy"
        reader = _Reader("copy" if alias_type == "symlink" else alias_type)
        buckets = reader.read(written)
        if reader.problems:
            file = Path(config.config_file_path) if config.config_file_path else None
            diagnostics = [
                diagnose_option(file, PUBLISH, ("targets", "s3", *error.path),
                                error.message, error.hint)
                for error in reader.problems
            ]  # fmt: skip
            diagnostics.sort(key=lambda d: (d.file or "", d.line or 0, d.column or 0))
            message = count_problems(diagnostics, "in the targets")
            raise DocsToolsError(message, diagnostics=diagnostics)
        return buckets


class _Reader:
    """Reads what stands at `s3`, and collects what is wrong with it.

    Args:
        alias_type: How an alias stands where a bucket doesn't say.
    """

    def __init__(self, alias_type: str) -> None:
        self._alias_type = alias_type
        self.problems: list[Unfit] = []

    def read(self, written: Any) -> tuple[BucketSettings, ...]:
        """The buckets, those without problems."""
        several = isinstance(written, list)
        entries = written if several else [written]
        found: list[tuple[_Path, BucketSettings]] = []
        if several and not written:
            self.problems.append(Unfit("names no bucket", "write such as s3: {bucket: NAME}"))
        for number, entry in enumerate(entries):
            path: _Path = (number,) if several else ()
            if not isinstance(entry, Mapping):
                hint = "write such as s3: {bucket: NAME, prefix: FOLDER}"
                what = "a mapping" if several else "a mapping, or a list of mappings"
                self.problems.append(Unfit(f"must be {what}", hint, path))
            elif bucket := self._bucket(entry, path):
                found.append((path, bucket))
        self.problems.extend(_clashes(found))
        return tuple(bucket for _, bucket in found)

    def _bucket(self, entry: Mapping[Any, Any], path: _Path) -> BucketSettings | None:
        before = len(self.problems)
        values: dict[str, Any] = {"name": "s3", "alias_type": self._alias_type}
        for error in check_keys(entry, OPTIONS):
            self._note(error, path)
        # what an environment variable that isn't set leaves is as good as not given
        given = {key: value for key, value in entry.items() if value is not None}
        for key, rule in RULES.items():
            if key in given:
                try:
                    values[key] = rule(given[key])
                except Unfit as error:
                    self._note(error, (*path, key))
        if "bucket" not in given:
            self._note(Unfit("is missing", "write the name of the bucket"), (*path, "bucket"))
        if "cache" in given:
            values["cache"] = tuple(self._cache(given["cache"], (*path, "cache")))
        return None if len(self.problems) > before else BucketSettings(**values)

    def _cache(self, rules: Any, path: _Path) -> Iterator[CacheRule]:
        if not isinstance(rules, list):
            return self._note(Unfit("must be a list of rules", f"write such as {_EXAMPLE}"), path)
        for number, rule in enumerate(rules):
            at = (*path, number)
            if not isinstance(rule, Mapping):
                self._note(Unfit("must be a rule", f"write such as {_EXAMPLE}"), at)
                continue
            for error in check_keys(rule, _CACHE_KEYS):
                self._note(error, at)
            values = {}
            for key, check in (("match", check_glob), ("control", check_control)):
                try:
                    values[key] = check(rule.get(key))
                except Unfit as error:
                    self._note(error, (*at, key))
            if len(values) == len(_CACHE_KEYS):
                yield CacheRule(**values)
        return None

    def _note(self, error: Unfit, path: _Path) -> None:
        self.problems.append(Unfit(error.message, error.hint, (*path, *error.path)))


def _clashes(found: list[tuple[_Path, BucketSettings]]) -> Iterator[Unfit]:
    """The buckets that can't be told from one before."""
    names: set[str] = set()
    places: dict[str, str] = {}
    for path, bucket in found:
        if bucket.name in names:
            hint = "give each its own: name: NAME"
            yield Unfit(f'two targets are called "{bucket.name}"', hint, (*path, "name"))
        elif bucket.place in places:
            message = f"{bucket.place} is the place of {places[bucket.place]} too"
            yield Unfit(message, "give each its own bucket or prefix", path)
        names.add(bucket.name)
        places.setdefault(bucket.place, bucket.name)
