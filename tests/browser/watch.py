"""What a page asks for, what it complains of, and how it lies."""

from dataclasses import dataclass, field

from playwright.sync_api import ConsoleMessage, Page

# what sticks out at its side, in pixels, and the ids that it has more than once
_LAYOUT = """() => {
    const root = document.documentElement;
    const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
    const seen = new Set();
    return {
        overflow: root.scrollWidth - root.clientWidth,
        twice: ids.filter((id) => seen.size === seen.add(id).size),
    };
}"""


@dataclass
class Watched:
    """A page under watch, from now on.

    Attributes:
        page: The page.
        requests: The addresses asked for.
        complaints: What its console complained of, and where.
    """

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self._complain(str(error)))

    def elsewhere(self, origin: str) -> list[str]:
        """The addresses asked for that aren't of this origin."""
        own = (origin, "data:", "blob:")
        return [url for url in self.requests if not url.startswith(own)]

    def faults(self) -> list[str]:
        """What is wrong with how the page lies."""
        layout = self.page.evaluate(_LAYOUT)
        wide = [f"{layout['overflow']} px too wide"] if layout["overflow"] > 0 else []
        return wide + [f"two elements have the id {id}" for id in layout["twice"]]

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._complain(message.text)

    def _complain(self, text: str) -> None:
        self.complaints.append(f"{self.page.url}: {text}")
