"""A walk through every page of the desk, light and dark: `make pictures` writes `docs/use/`.

The pages are those that the accessibility test opens, so that a new page comes into both, and those
outside the door, as somebody without an account sees them.
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
    with (
        tempfile.TemporaryDirectory() as folder,
        # A letter to an expert may be asked for here; it does not leave.
        open_desk(Path(folder), REJOINDER_SMTP_URL="smtp://desk%40example.com@127.0.0.1:9") as desk,
    ):
        talks = furnish(desk)
        desk.do("outage")
        paths = {path: slug(path) for path in PAGES if path not in LEFT_OUT}
        paths |= {f"/c/{talks['Tom']}": "conversation"}
        desk.do("exposes", name="Rosa", hidden=True)
        _, seen = desk.do("exposes", name="Colin", hidden=False)
        paths |= {seen: "who-sees", f"/c/{desk.do('calls', name='Granny Smith')}": "voicemail"}
        paths |= {f"/c/{desk.do('rings', name='Mabel', going=True)}": "call"}
        paths |= {f"/incidents/{desk.do('leaks')}": "incident"}
        answer, code = desk.do("answer_of", talk=talks["Tom"])
        paths |= {f"/answers/{answer}": "answer"}
        outside = _outside(desk, talks["Ewan"]) | {f"/s/{code}": "outside-answer"}
        titles: dict[str, str] = {}
        with open_browser() as browser:
            visit = Visit(browser, desk)
            for theme in THEMES:
                page = visit.by("Olga", "owner", size=WINDOW, dark=theme == "dark")
                titles |= dict(_walk(page, desk, paths, theme))
                context = visit.context(size=WINDOW, dark=theme == "dark", script=True)
                page = context.new_page()
                outside |= {_written(page, desk): "outside-place"}
                titles |= dict(_walk(page, desk, outside, theme))
    (FOLDER / "README.md").write_text(listed(titles), encoding="utf-8")


def _outside(desk: Desk, talk: str) -> dict[str, str]:
    """What somebody without an account may open, and how their pictures are called."""
    desk.do("opens", channel="webform")
    desk.do("takes", name="Bob", talk=talk)
    expert = desk.do("asks", name="Bob", talk=talk, text="Is the late fee taken back for Leeds?")
    return {
        "/accounts/login/": "outside-sign-in",
        "/a/": "outside-answers",
        "/contact": "outside-contact",
        "/contact/lost": "outside-lost",
        "/privacy": "outside-privacy",
        "/security": "outside-security",
        "/identity": "outside-verify-us",
        desk.do("checks", name="Bob", talk=talk): "outside-identity",
        expert: "outside-expert",
        desk.do("shows", name="Olga"): "outside-view",
    }


def _written(page: Page, desk: Desk) -> str:
    """Granny Smith writes to us; the path where she hears her place."""
    page.goto(f"{desk.address}/contact")
    page.get_by_label("Your words").fill("My phone has had no signal since Sunday.")
    page.get_by_label("Your name").fill("Granny Smith")
    page.wait_for_timeout(3100)  # faster than people write is asked to wait
    page.get_by_role("button", name="Send").click()
    page.locator(".reference").wait_for()
    reference = page.locator(".reference").inner_text()
    desk.do("triages")
    return f"/contact/{reference}"


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
