"""Takes the pictures of the docs, from made-up posts on a desk that runs for it: `make pictures`.

They show how the desk looks; nothing compares them.
"""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, FloatRect, Page

from docs.furnish import furnish
from rejoinder.drill.day import draw
from rejoinder.drill.rehearse import rehearse
from rejoinder.drill.report import page as report
from rejoinder.drill.worlds import NAMED
from tests.browser.desk import Visit, open_browser, open_desk, press

FOLDER = Path(__file__).parent / "pictures"
PHONE = (390, 844)
DRILLED = ("o2-2012", "bluesky")  # worlds


def main() -> None:
    """Every picture, into `docs/pictures/`."""
    with tempfile.TemporaryDirectory() as folder, open_desk(Path(folder)) as desk:
        talks = furnish(desk)
        with open_browser() as browser:
            visit = Visit(browser, desk)
            _light(visit, talks)
            _dark(visit)
            _phone(visit, talks)
            _rooms(visit)
            _crisis(visit)
            for world in DRILLED:
                _drill(browser, world)


def _light(visit: Visit, talks: dict[str, str]) -> None:
    page = visit.by("Alice")
    page.wait_for_selector("html[data-live-on]")
    visit.desk.do("says", name="Priya", text="no signal in Otley", need="URGENT", minutes_ago=0)
    page.wait_for_selector("#new-items:not([hidden])")
    press(page, "j")
    _take(page, "queue-light")
    page.goto(f"{visit.desk.address}/c/{talks['Tom']}")
    page.locator("#reply").fill(
        "That is frightening, and we are on it now. Please hold the alarm's "
        "button for ten seconds: it restarts and finds the next network."
    )
    page.wait_for_selector("#allowances b:text('1,665')")
    page.wait_for_selector("#count b:text('130')")
    _take(page, "conversation-light")


def _dark(visit: Visit) -> None:
    _take(visit.by("Alice", dark=True), "queue-dark")


def _phone(visit: Visit, talks: dict[str, str]) -> None:
    page = visit.by("Alice", size=PHONE)
    _take(page, "queue-phone")
    page.goto(f"{visit.desk.address}/c/{talks['Tom']}")
    _take(page, "conversation-phone")


def _rooms(visit: Visit) -> None:
    page = visit.by("Olga", "owner")
    for name in ("channels", "allowances", "team", "audit"):
        page.goto(f"{visit.desk.address}/{name}")
        _take(page, name)
    page.goto(f"{visit.desk.address}/rota/coverage")
    _take(page, "coverage")


def _crisis(visit: Visit) -> None:
    """An outage, nearly three hours old: its room, the answers, and what everybody may read."""
    visit.desk.do("outage")
    page = visit.by("Olga", "owner")
    page.goto(f"{visit.desk.address}/crisis")
    _take(page, "crisis-light", whole=True)
    page.goto(f"{visit.desk.address}/answers")
    _take(page, "answers")
    page.goto(f"{visit.desk.address}/reports")
    _take(page, "reports")
    page.goto(f"{visit.desk.address}/a/")
    page.locator("main a").first.click()
    _take(page, "public-answer")
    dark = visit.by("Dan", dark=True)
    dark.goto(f"{visit.desk.address}/crisis")
    _take(dark, "crisis-dark")


def _drill(browser: Browser, name: str) -> None:
    """A day first come, first served, and as the plan plays it: the first day of that world, down
    to the urgent people."""
    world = NAMED[name]
    runs = [
        rehearse(world, draw(world, 0), policy, "within-the-hour", seed=0, say=lambda words: None)
        for policy in ("fcfs", "bid-price")
    ]
    page = browser.new_page(viewport={"width": 1100, "height": 900}, color_scheme="light")
    page.set_content(report(runs))
    bottom = page.evaluate("document.querySelectorAll('section')[2].getBoundingClientRect().bottom")
    clip: FloatRect = {"x": 0, "y": 0, "width": 1100, "height": float(bottom) + 16}
    page.screenshot(path=FOLDER / f"drill-{name}.png", clip=clip, full_page=True)


def _take(page: Page, name: str, *, whole: bool = False) -> None:
    page.screenshot(path=FOLDER / f"{name}.png", full_page=whole)


if __name__ == "__main__":
    main()
