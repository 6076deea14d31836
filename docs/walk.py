"""A walk through every page of the desk, light and dark: `make pictures` writes `docs/use/`.

The pages are those that the accessibility test opens, so that a new page comes into both.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page

from docs.furnish import furnish
from tests.browser.desk import Desk, Visit, open_browser, open_desk
from tests.browser.test_accessible import PAGES

FOLDER = Path(__file__).parent / "use"
WINDOW = (1200, 800)
QUALITY = 55  # of the JPEG: letters stay sharp, a page takes 40 kB
# What is no page to look at: a wrong address, and what signs out.
LEFT_OUT = {"/nothing", "/accounts/logout/"}
THEMES = ("light", "dark")


def main() -> None:
    """Every page in both themes, and a list of them to look through."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, open_desk(Path(folder)) as desk:
        talks = furnish(desk)
        desk.do("outage")
        paths = {path: slug(path) for path in PAGES if path not in LEFT_OUT}
        paths |= {f"/c/{talks['Tom']}": "conversation"}
        desk.do("exposes", name="Rosa", hidden=True)
        _, seen = desk.do("exposes", name="Colin", hidden=False)
        paths |= {seen: "who-sees", f"/c/{desk.do('calls', name='Granny Smith')}": "voicemail"}
        paths |= {f"/c/{desk.do('rings', name='Mabel', going=True)}": "call"}
        titles: dict[str, str] = {}
        with open_browser() as browser:
            visit = Visit(browser, desk)
            for theme in THEMES:
                page = visit.by("Olga", "owner", size=WINDOW, dark=theme == "dark")
                titles |= dict(_walk(page, desk, paths, theme))
    (FOLDER / "README.md").write_text(listed(titles), encoding="utf-8")


def _walk(page: Page, desk: Desk, paths: dict[str, str], theme: str) -> Iterator[tuple[str, str]]:
    for path, name in paths.items():
        page.goto(desk.address + path)
        page.screenshot(path=FOLDER / f"{name}-{theme}.jpg", type="jpeg", quality=QUALITY)
        yield name, page.title().partition(" · ")[0]


def slug(path: str) -> str:
    """A page's address as the name of its picture."""
    return path.partition("?")[0].strip("/").replace("/", "-") or "queue"


def listed(titles: dict[str, str]) -> str:
    """All pages in a table, by what they are called."""
    lines = ["# Every page", "", "Made by `make pictures` from made-up posts; as Olga, the owner,"]
    lines += [
        "sees them in the third hour of an outage.",
        "",
        "| | Light | Dark |",
        "|---|---|---|",
    ]
    for name, title in titles.items():
        shown = " | ".join(f"![{title}, {theme}]({name}-{theme}.jpg)" for theme in THEMES)
        lines.append(f"| {title} | {shown} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
