"""Release processes of any shape, with names that Mermaid could take for something else."""

from typing import Any

from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from docs_tools.model.facts import load_facts
from docs_tools.model.fields import Text
from docs_tools.model.release import ReleaseProcess
from tests.demo import ROOT

_TEXT: TypeAdapter[str] = TypeAdapter(Text)

# what the lexers and the text pipeline of Mermaid know, and what has gone wrong there before
PIECES = [
    *"`|\\[]()<>&{}:;#%*_~!\"'=/,.-+@$^? \n\tax0",
    *("``", "\\n", "\\\\", "%%", "%%{init: {}}%%", "---", "-->", "==>", "-.->", ":::", "::", "--"),
    *("#quot;", "#35;", "#58;", "##", "# #", "&amp;", "&lt", "&#58;", "&#x3a;", "&nbsp;"),
    *("ﬂ°", "ﬂ°°", "¶ß", "<br>", "<br/>", "<b>", "</b>", "<script>alert(1)</script>", "<!--"),
    *("title ", "section ", "click ", "gantt", "after a", "until b", "dateFormat YYYY", "call f()"),
    *("todayMarker off", "axisFormat %H", "tickInterval 1day", "includes x", "excludes weekends"),
    *("weekday monday", "weekend friday", "inclusiveEndDates", "topAxis", "accTitle: x", "href y"),
    *("accDescr: x", "accDescr { x", "end", "subgraph x", "graph TB", "flowchart", "class n0 x"),
    *(
        "classDef x",
        "style n0",
        "linkStyle 0",
        "direction LR",
        "crit, ",
        "milestone",
        "done",
        "vert",
    ),
    *("2024-01-01", "12:30", "10:00:00, 3s", "1d", "8s", "$$x^2$$", "fa:fa-car", "**b**", "__i__"),
    *(
        "é",
        "日本語",
        "🚀",
        "👩‍👩‍👧",
        "שלום",
        "مرحبا",
        "\u202e",
        "\u200b",
        "\ufeff",
        "\xa0",
        "\u2028",
    ),
    *(
        "1. one",
        "- item",
        "* item",
        "# head",
        "http://a.example/?b=c&d#e",
        "a@b.example",
        "{{ x }}",
    ),
]
KEYWORDS = [
    *("end", "section", "title", "click", "gantt", "after", "until", "crit", "done", "active"),
    *("milestone", "vert", "dateFormat", "class", "style", "subgraph", "default", "graph", "task1"),
    *("constructor", "toString", "hasOwnProperty", "n0", "s1", "a", "b", "B-2", "x_y", "o1", "x1"),
]


def names() -> st.SearchStrategy[str]:
    """Names that the model accepts: pieces of syntax, any characters, and long ones."""
    any_text = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=5)
    words = st.sampled_from(PIECES) | any_text
    joined = st.lists(words, min_size=1, max_size=6).map("".join)
    long = st.builds(
        lambda piece, length: (piece * 300)[:length],
        st.sampled_from(PIECES),
        st.integers(290, 300),
    )
    return (joined | joined | joined | long).filter(_accepted)


def _accepted(text: str) -> bool:
    try:
        _TEXT.validate_python(text)
    except ValidationError:
        return False
    return True


def durations() -> st.SearchStrategy[str]:
    """A second to hours, in every way of writing them."""
    seconds = st.integers(1, 100_000).map(lambda n: f"{n}s")
    minutes = st.integers(1, 6000).map(lambda n: f"{n / 10}m")
    return seconds | minutes | st.integers(1, 40).map(lambda n: f"{n}h{n}m")


@st.composite
def processes(draw: st.DrawFn) -> ReleaseProcess:
    """Valid processes: what waits names some of those before it; sections come in any order."""
    ids = draw(st.lists(st.sampled_from(KEYWORDS), min_size=1, max_size=8, unique=True))
    cut = draw(st.integers(0, len(ids) - 1))
    sections: list[dict[str, Any]] = [
        {"name": draw(names()), "jobs": []} for _ in range(draw(st.integers(1, 3)))
    ]
    milestones: list[dict[str, Any]] = []
    for i, id in enumerate(ids):
        after = draw(st.lists(st.sampled_from(ids[:i]), unique=True)) if i else []
        item = {"id": id, "name": draw(names()), "after": after}
        if i != cut and draw(st.integers(0, 2)) == 0:
            milestones.append(item)
            continue
        job = {**item, "duration": draw(durations())}
        if draw(st.booleans()):
            del job["after"]
        draw(st.sampled_from(sections))["jobs"].append(job)
    facts = {
        "title": draw(names()),
        "sections": draw(st.permutations(sections)),
        "milestones": milestones,
    }
    for milestone in milestones:
        ready = ReleaseProcess.model_validate(facts).schedule[milestone["id"]].end
        if draw(st.booleans()):
            milestone["at"] = f"{ready + draw(st.integers(0, 50_000)) or 1}s"
    process = ReleaseProcess.model_validate(facts)
    assert list(process.check()) == []
    return process


def release() -> ReleaseProcess:
    """The release process of this repository."""
    process = load_facts(ROOT / "docs/data", "docs/data").release
    assert process
    return process


def made(*sections: tuple[str, list[str]], duration: str = "5s") -> ReleaseProcess:
    """A process of sections with jobs of these names."""
    return ReleaseProcess.model_validate(
        {
            "title": "Made",
            "sections": [
                {
                    "name": name,
                    "jobs": [
                        {"id": f"j{i}-{j}", "name": job, "duration": duration}
                        for j, job in enumerate(jobs)
                    ],
                }
                for i, (name, jobs) in enumerate(sections)
            ],
        }
    )


def nasty_names(number: int) -> list[str]:
    """Every piece of syntax in some name, at its beginning, in the middle and at its end."""
    pieces = [piece for piece in PIECES if piece.strip()]
    return [" x ".join(pieces[i::number]) for i in range(number)]
