"""What is logged while a page is converted is logged again when the page is remembered."""

import logging
import textwrap
from collections.abc import Iterator
from contextlib import suppress

import pytest
from mkdocs.exceptions import Abort

from docs_tools.plugins.cache.messages import as_json, kept_messages, said_again
from tests.plugins.cache.builds import PAGES, Site, kept, rebuilt

NAME = "mkdocs.docs_tools_test_messages"
log = logging.getLogger(NAME)


@pytest.fixture
def said() -> Iterator[list[str]]:
    """What MkDocs' handlers get, as in a quiet build."""
    logger = logging.getLogger("mkdocs")
    with kept(logger) as messages:
        logger.setLevel(logging.WARNING)
        yield messages


class TestRecords:
    def test_records_are_held_back_and_passed_on_at_the_end(self, said: list[str]) -> None:
        with kept_messages() as records:
            log.warning("a %s", "warning")
            assert said == []
            assert [record.getMessage() for record in records] == ["a warning"]
        assert said == ["WARNING: a warning"]
        log.warning("again")
        assert said == ["WARNING: a warning", "WARNING: again"]

    def test_a_quiet_build_keeps_what_a_talkative_one_would_say(self, said: list[str]) -> None:
        with kept_messages() as records:
            log.info("for your information")
            log.debug("too much")
        assert said == []
        assert as_json(records) == [[NAME, logging.INFO, "for your information"]]

    def test_all_is_as_it_was_afterwards(self, said: list[str]) -> None:
        loggers = [logging.getLogger(), logging.getLogger("mkdocs"), log]

        def state() -> list[object]:
            return [[one.level, list(one.handlers), list(one.filters), one.propagate]
                    for one in loggers]  # fmt: skip

        before = state()
        with suppress(ZeroDivisionError), kept_messages():
            log.error("before it fails")
            raise ZeroDivisionError
        assert state() == before
        assert said == ["ERROR: before it fails"], "nothing is lost where the page fails"

    def test_messages_are_said_again_as_they_were(self, said: list[str]) -> None:
        with kept_messages() as records:
            log.warning("50%% of %s", "it")
            logging.getLogger("other").error("elsewhere")
        rows = as_json(records)
        said.clear()
        said_again(rows or [])
        assert said == ["WARNING: 50% of it"]
        assert rows == [[NAME, logging.WARNING, "50% of it"],
                        ["other", logging.ERROR, "elsewhere"]]  # fmt: skip

    def test_a_message_that_was_filtered_is_not_said(self, said: list[str]) -> None:
        log.addFilter(drop := lambda record: "secret" not in record.getMessage())
        try:
            with kept_messages() as records:
                log.warning("a secret")
            assert records == []
        finally:
            log.removeFilter(drop)
        assert said == []

    @pytest.mark.parametrize("more", [{"extra": {"diagnostics": []}}, {"exc_info": ValueError()}])
    def test_what_carries_more_than_text_can_not_be_kept(
        self, said: list[str], more: dict[str, object]
    ) -> None:
        with kept_messages() as records:
            log.warning("plain")
            log.error("with more", **more)  # type: ignore[arg-type]
        assert as_json(records) is None
        assert len(said) == 2


BROKEN = "\n[broken](missing.md)\n"
WARNING = (
    "WARNING: Doc file 'p3.md' contains a link 'missing.md', but the target is not found "
    "among documentation files."
)


def test_a_warning_is_repeated_and_strict_fails_again(site: Site) -> None:
    site.append("docs/p3.md", BROKEN)
    assert site.build().messages == [WARNING]
    for _ in range(2):
        built = site.build_checked()
        assert built.explained == {}
        assert built.messages == [WARNING]
    for _ in range(2):
        with pytest.raises(Abort):
            site.build(strict=True)
    site.append("docs/p3.md", "\n")
    site.write("docs/missing.md", "# No longer missing\n")
    assert site.build_checked(strict=True).messages == []


def test_a_quiet_build_does_not_make_the_next_one_quiet(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    site.append("docs/p3.md", "\n[absolute](/somewhere/else.md)\n")
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    site.build()
    caplog.clear()
    built = site.build()
    assert built.explained == {}
    assert "contains an absolute link '/somewhere/else.md'" in caplog.text


def test_all_pages_are_converted_where_everything_is_told(site: Site) -> None:
    """MkDocs leaves out work where nobody would read what it says of it."""
    built = site.build_checked(debug=True)
    assert set(built.explained.values()) == {"rebuilt: the level of messages changed"}
    assert site.build_checked(debug=True).explained == {}
    assert site.build_checked().explained == {}


def test_a_message_with_more_than_text_makes_its_page_again(empty_site: Site) -> None:
    empty_site.write("hook.py", textwrap.dedent("""
        import logging
        from markdown import Extension
        from markdown.preprocessors import Preprocessor

        class Warns(Preprocessor):
            def run(self, lines):
                if "# Page 3" in lines:
                    log = logging.getLogger("mkdocs.plugins.own")
                    log.warning("found %d", 1, extra={"diagnostics": ["found"]})
                return lines

        class Own(Extension):
            def extendMarkdown(self, md):
                md.preprocessors.register(Warns(md), "warns", 5)

        def on_config(config):
            config.markdown_extensions.append(Own())
    """))  # fmt: skip
    empty_site.settings["hooks"] = ["hook.py"]
    empty_site.create().build()
    for _ in range(2):
        built = empty_site.build_checked()
        assert built.messages == ["WARNING: found 1"]
        assert rebuilt(built, "p3.md") == ["rebuilt: never remembered: has problems to show"]


def test_messages_come_in_the_order_of_the_pages(site: Site) -> None:
    for number in (1, 3, 6):
        site.append(f"docs/p{number}.md", BROKEN)
    first = site.build_checked().messages
    assert [message.split("'")[1] for message in first] == ["p1.md", "p3.md", "p6.md"]
    site.append("docs/p3.md")
    assert site.build_checked().messages == first
    assert len(first) == 3 < PAGES
