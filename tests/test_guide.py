"""The maintainers' guide is whole: no section and no fact of it gets lost."""

import re
from pathlib import Path

import pytest

from docs_tools.model.facts import Facts, load_facts
from tests.demo import ROOT

GUIDE = ROOT / "docs" / "maintainers"
PAGES = sorted(GUIDE.glob("*.md"))
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^(#+) (.+?)(?: \{ #([\w-]+) \})?$", re.MULTILINE)

# links from elsewhere go to these
ANCHORS = {
    "index.md": "maintainers current-maintainers emeritus in-this-part",
    "responsibilities.md": (
        "responsibilities uphold-the-code-of-conduct prioritise-security"
        " keep-the-repository-healthy manage-the-roadmap add-integration-checks"
        " handle-harm-to-the-project become-a-maintainer"
    ),
    "triage.md": "triage review-pull-requests triage-issues triage-bug-reports triage-rfcs",
    "labels.md": "labels status kind need size area community who-sets-them",
    "scenarios.md": (
        "common-scenarios a-contribution-is-stuck too-little-feedback-or-information"
        " crediting-contributions is-that-a-bug mentoring-contributions"
        " issues-and-pull-requests-that-run-long"
    ),
    "releasing.md": (
        "releasing before-you-start run-the-release the-process what-waits-for-what"
        " draft-the-release-notes a-typo-or-a-wrong-group the-summary publish hotfix-the-docs"
    ),
    "testing.md": (
        "end-to-end-tests run-end-to-end-tests-on-github run-end-to-end-tests-locally without-aws"
    ),
    "e2e-framework.md": (
        "end-to-end-framework e2e-structure author-a-feature define-infrastructure"
        " deploy-and-delete use-stack-outputs"
    ),
    "e2e-internals.md": (
        "e2e-internals mechanics test-runner-parallelization cdk-cli-parallelization"
        " what-cdk-out-holds debug-a-test"
    ),
    "layers.md": "layers use-one all-regions after-a-deployment",
}

# page, section, and what must be found there: a text, or a directive by what stands in its braces
FACTS = [
    ("index.md", "maintainers", "`CONTRIBUTING.md`"),
    ("index.md", "maintainers", "never finished"),
    ("index.md", "maintainers", "4 August 2023"),
    ("index.md", "emeritus", "{ group: emeritus }"),
    ("responsibilities.md", "responsibilities", "maintain permission"),
    ("responsibilities.md", "responsibilities", "(scenarios.md)"),
    ("responsibilities.md", "uphold-the-code-of-conduct", "admins"),
    ("responsibilities.md", "uphold-the-code-of-conduct", "stay out of the conversation"),
    ("responsibilities.md", "prioritise-security", "keys with a strong password"),
    ("responsibilities.md", "prioritise-security", "features and bugs wait"),
    ("responsibilities.md", "prioritise-security", "Amazon Security"),
    ("responsibilities.md", "prioritise-security", "24/7"),
    ("responsibilities.md", "prioritise-security", "/security)"),
    ("responsibilities.md", "keep-the-repository-healthy", "fit for production"),
    ("responsibilities.md", "keep-the-repository-healthy", "Backport"),
    ("responsibilities.md", "keep-the-repository-healthy", "branches and tags"),
    ("responsibilities.md", "keep-the-repository-healthy", "path: project.branch } --> to `main`"),
    ("responsibilities.md", "manage-the-roadmap", "priority"),
    ("responsibilities.md", "add-integration-checks", "pull requests and pushes"),
    ("responsibilities.md", "handle-harm-to-the-project", "spam"),
    ("responsibilities.md", "handle-harm-to-the-project", "monopolising"),
    ("responsibilities.md", "become-a-maintainer", "2023"),
    ("responsibilities.md", "become-a-maintainer", "OpenSearch"),
    ("triage.md", "triage", "GraphQL"),
    ("triage.md", "triage", "(#review-pull-requests)"),
    ("triage.md", "triage", "(#triage-issues)"),
    ("triage.md", "review-pull-requests", "semantic"),
    ("triage.md", "review-pull-requests", "{ name: pending-release }"),
    ("triage.md", "review-pull-requests", "told which version"),
    ("triage.md", "triage-issues", "{ name: triage }"),
    ("triage.md", "triage-issues", "ask the author first"),
    ("triage.md", "triage-issues", "board of activities"),
    ("triage.md", "triage-issues", "{ name: good first issue }"),
    ("triage.md", "triage-issues", "contribute once in passing"),
    ("triage.md", "triage-bug-reports", "(scenarios.md#is-that-a-bug)"),
    ("triage.md", "triage-bug-reports", "{ name: bug-upstream }"),
    ("triage.md", "triage-bug-reports", "emergency release"),
    ("triage.md", "triage-rfcs", "template"),
    ("triage.md", "triage-rfcs", "tenets"),
    ("triage.md", "triage-rfcs", "(scenarios.md#a-contribution-is-stuck)"),
    ("scenarios.md", "common-scenarios", "consistent"),
    ("scenarios.md", "a-contribution-is-stuck", "one to one"),
    ("scenarios.md", "a-contribution-is-stuck", "with their permission"),
    ("scenarios.md", "a-contribution-is-stuck", "{ name: help wanted }"),
    ("scenarios.md", "too-little-feedback-or-information", "{ name: need-more-information }"),
    ("scenarios.md", "too-little-feedback-or-information", "{ name: need-customer-feedback }"),
    ("scenarios.md", "too-little-feedback-or-information", "{ name: revisit-in-3-months }"),
    ("scenarios.md", "crediting-contributions", "automatically"),
    ("scenarios.md", "crediting-contributions", "by hand"),
    ("scenarios.md", "is-that-a-bug", "can be reproduced"),
    ("scenarios.md", "is-that-a-bug", "at runtime"),
    ("scenarios.md", "is-that-a-bug", "internal components"),
    ("scenarios.md", "mentoring-contributions", "sensitive"),
    ("scenarios.md", "mentoring-contributions", "{ name: good first issue }"),
    ("scenarios.md", "issues-and-pull-requests-that-run-long", "{ name: revisit-in-3-months }"),
    ("scenarios.md", "issues-and-pull-requests-that-run-long", "smaller pieces"),
    ("releasing.md", "before-you-start", "{ path: project.branch }"),
    ("releasing.md", "before-you-start", "`feat(logger): …`"),
    ("releasing.md", "before-you-start", "`chore(ci): …`"),
    ("releasing.md", "run-the-release", "{ path: release.estimate }"),
    ("releasing.md", "run-the-release", "by the hundred"),
    ("releasing.md", "run-the-release", "CDN"),
    ("releasing.md", "the-process", "<!-- docs_tools/gantt -->"),
    ("releasing.md", "what-waits-for-what", "<!-- docs_tools/flowchart -->"),
    ("releasing.md", "the-process", "critical path"),
    ("releasing.md", "the-process", "Actions tab"),
    ("releasing.md", "draft-the-release-notes", "{ path: project.branch }"),
    ("releasing.md", "draft-the-release-notes", "`v1.26.0`"),
    ("releasing.md", "a-typo-or-a-wrong-group", "Release Drafter"),
    ("releasing.md", "a-typo-or-a-wrong-group", "merge commit can't change"),
    ("releasing.md", "the-summary", "`[Human readable summary of changes]`"),
    ("releasing.md", "publish", "*Publish release*"),
    ("releasing.md", "publish", "{ name: pending-release }"),
    ("releasing.md", "hotfix-the-docs", "*Run workflow*"),
    ("releasing.md", "hotfix-the-docs", "user guide and the API reference"),
    ("testing.md", "run-end-to-end-tests-on-github", "{ path: project.branch }"),
    ("testing.md", "run-end-to-end-tests-on-github", "`run-e2e-tests`"),
    ("testing.md", "run-end-to-end-tests-locally", "AWS CDK CLI"),
    ("testing.md", "run-end-to-end-tests-locally", "`cdk bootstrap`"),
    ("testing.md", "run-end-to-end-tests-locally", "`AWS_PROFILE`"),
    ("testing.md", "run-end-to-end-tests-locally", "make e2e"),
    ("e2e-framework.md", "e2e-structure", "<!-- docs_tools/tree { path: tests/e2e,"),
    ("e2e-framework.md", "e2e-structure", "builds the Lambda layer once"),
    ("e2e-framework.md", "e2e-structure", "deploys PublishStack"),
    ("e2e-framework.md", "e2e-structure", "defines PublishStack"),
    ("e2e-framework.md", "e2e-structure", "output in PascalCase"),
    ("e2e-framework.md", "e2e-structure", "One worker does, and all others wait for it"),
    ("e2e-framework.md", "e2e-structure", "deployed in parallel and don't depend on each other"),
    ("e2e-internals.md", "mechanics", "`deploy`, `delete`,"),
    ("e2e-internals.md", "mechanics", "`create_lambda_functions`"),
    ("e2e-internals.md", "mechanics", "class: tests.e2e.utils.infrastructure.Infrastructure"),
    ("e2e-internals.md", "mechanics", "step through a single test"),
    ("e2e-framework.md", "author-a-feature", '1. Define infrastructure"] -->'),
    ("e2e-framework.md", "author-a-feature", '2. Deploy and delete it"] -->'),
    ("e2e-framework.md", "author-a-feature", '3. Use its outputs"]'),
    ("e2e-framework.md", "define-infrastructure", "inherits from `BaseInfrastructure`"),
    ("e2e-framework.md", "define-infrastructure", "Override `create_resources`"),
    ("e2e-framework.md", "define-infrastructure", "{ path: tests/e2e/publish/infrastructure.py }"),
    ("e2e-framework.md", "define-infrastructure", "publish/handlers/page_handler.py }"),
    ("e2e-framework.md", "deploy-and-delete", "{ path: tests/e2e/publish/conftest.py }"),
    ("e2e-framework.md", "deploy-and-delete", "whether they pass or fail"),
    ("e2e-framework.md", "deploy-and-delete", "stays as it is"),
    ("e2e-framework.md", "use-stack-outputs", "{ path: tests/e2e/publish/test_publish.py,"),
    ("e2e-framework.md", "use-stack-outputs", "{ path: tests/e2e/layers/test_layers.py,"),
    ("e2e-internals.md", "test-runner-parallelization", "Split tests by feature and CPU"),
    ("e2e-internals.md", "test-runner-parallelization", "Build the Lambda layer"),
    ("e2e-internals.md", "test-runner-parallelization", "Wait for workers, collect results"),
    ("e2e-internals.md", "test-runner-parallelization", "Report results"),
    ("e2e-internals.md", "test-runner-parallelization", "Delete stacks"),
    ("e2e-internals.md", "cdk-cli-parallelization", "cdk synth --output cdk.out/publish"),
    ("e2e-internals.md", "cdk-cli-parallelization", "cdk deploy --app cdk.out/publish"),
    ("e2e-internals.md", "cdk-cli-parallelization", "written when the tests run"),
    ("e2e-internals.md", "cdk-cli-parallelization", "stack.app.synth()"),
    ("e2e-internals.md", "what-cdk-out-holds", "`manifest.json`"),
    ("e2e-internals.md", "what-cdk-out-holds", "`stack_outputs.json`"),
    ("e2e-internals.md", "what-cdk-out-holds", "hash of that source code"),
    ("e2e-internals.md", "what-cdk-out-holds", "`from_lookup`"),
    ("e2e-internals.md", "debug-a-test", "PyCharm"),
    ("e2e-internals.md", "debug-a-test", "VS Code"),
]


@pytest.fixture(scope="module")
def facts() -> Facts:
    return load_facts(ROOT / "docs" / "data", "docs/data")


def headings(page: Path) -> list[tuple[str, str, str | None]]:
    """Hashes, text and explicit id of each heading."""
    return [
        (hashes, text, id or None)
        for hashes, text, id in HEADING.findall(FENCE.sub("", page.read_text("utf-8")))
    ]


def section(name: str, anchor: str) -> str:
    """What stands below a heading, up to the next one, with single blanks."""
    text = (GUIDE / name).read_text("utf-8")
    _, found, rest = text.partition(f" {{ #{anchor} }}\n")
    assert found, f"{name}#{anchor}"
    return " ".join(re.split(r"^#+ ", rest, maxsplit=1, flags=re.MULTILINE)[0].split())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_heading_has_an_id_of_its_own(page: Path) -> None:
    found = headings(page)
    assert [text for _, text, id in found if id is None] == []
    ids = [id for _, _, id in found]
    assert len(ids) == len(set(ids))
    assert [hashes for hashes, _, _ in found].count("#") == 1


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_section_is_lost(page: Path) -> None:
    ids = [id for _, _, id in headings(page)]
    assert [anchor for anchor in ANCHORS[page.name].split() if anchor not in ids] == []


def test_no_page_is_lost() -> None:
    assert {page.name for page in PAGES} == set(ANCHORS)


@pytest.mark.parametrize(("page", "anchor", "text"), FACTS)
def test_no_fact_is_lost(page: str, anchor: str, text: str) -> None:
    assert text in section(page, anchor)


def test_there_are_six_common_scenarios() -> None:
    found = headings(GUIDE / "scenarios.md")
    assert len([hashes for hashes, _, _ in found if hashes == "##"]) == 6


def test_an_rfc_is_asked_eight_questions_and_five_are_examples() -> None:
    text = section("triage.md", "triage-rfcs")
    assert re.findall(r"(?:^| )(\d)\. [A-Z]", text) == list("12345678")
    questions = text.partition(" 1. ")[2].partition("If need be")[0]
    assert all("?" in question for question in re.split(r" \d\. ", questions))
    assert re.findall(r"\[#(\d+)\]", text) == ["92", "94", "95", "991", "1226"]
    assert re.findall(r"/issues/(\d+)\)", text) == ["92", "94", "95", "991", "1226"]


def test_the_summary_is_asked_four_questions() -> None:
    text = section("releasing.md", "the-summary")
    assert len(re.findall(r"(?:^| )- [A-Z][^?]*\?", text)) == 4


def test_the_labels_page_shows_every_group(facts: Facts) -> None:
    assert facts.labels is not None
    text = (GUIDE / "labels.md").read_text("utf-8")
    shown = re.findall(r"<!-- docs_tools/labels \{ group: (\w+) \} -->", text)
    assert len(shown) == len(set(shown))
    assert set(shown) == {label.group for label in facts.labels.labels}


def test_the_releasing_page_quotes_times_and_repeats_none(facts: Facts) -> None:
    assert facts.release is not None
    text = (GUIDE / "releasing.md").read_text("utf-8")
    for milestone in facts.release.milestones:
        assert f"{{ path: release.{milestone.id}.name }}" in text
        assert f"{{ path: release.{milestone.id}.end }}" in text
    assert re.findall(r"\d+(?:\.\d+)? ?(?:min|minutes|seconds|s|m)\b", text) == []


def test_the_hotfix_example_names_the_newest_release(facts: Facts) -> None:
    assert facts.layers is not None
    assert f"docs_tools hotfix --version {facts.layers.newest} --push" in section(
        "releasing.md", "hotfix-the-docs"
    )
