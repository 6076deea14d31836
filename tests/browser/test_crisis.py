"""The crisis room in a browser: the brake by key, figures that follow, words that stay."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Come
from tests.browser.desk import Desk, press
from tests.browser.test_accessible import WINDOWS, complaints, too_wide

pytestmark = pytest.mark.real


def test_shift_p_takes_the_brake_and_enter_pulls_it(desk: Desk, come: Come) -> None:
    page = come("Dan", "lead")
    page.goto(f"{desk.address}/crisis")
    brake = page.get_by_role("button", name="Pause planned posts")

    press(page, "p")
    expect(brake).not_to_be_focused()
    press(page, "Shift+P")
    expect(brake).to_be_focused()
    expect(page.get_by_text("Planned posts are paused.", exact=True)).to_have_count(0)
    press(page, "Enter")

    expect(page.get_by_text("Planned posts are paused.", exact=True)).to_be_visible()
    expect(page.locator("#rail")).to_contain_text("Planned posts are paused: Dan")


def test_the_room_follows_while_somebody_writes(desk: Desk, come: Come) -> None:
    desk.do("outage", people_asking=40, waiting=4)
    page = come("Dan", "lead")
    page.goto(f"{desk.address}/crisis")
    page.wait_for_selector("html[data-live-on]")
    words = page.get_by_label("What we say to everybody")
    words.fill("A mast group is down")
    note = page.get_by_label("What happened", exact=True)
    note.fill("Half of it")
    page.get_by_text("Change the policy").click()

    desk.do("says", name="Tina", text="is 999 down", need="URGENT", minutes_ago=0)
    desk.do("pulse")

    expect(page.locator(".sentence")).to_contain_text("5 people wait for an answer", timeout=5000)
    expect(words).to_have_value("A mast group is down")
    expect(note).to_have_value("Half of it")
    expect(page.locator("#policy")).to_have_attribute("open", "")


@pytest.mark.parametrize("window", WINDOWS)
def test_axe_finds_nothing_in_a_room_that_is_full(desk: Desk, come: Come, window: str) -> None:
    crisis = desk.do("outage", people_asking=60, waiting=8)
    page = come("Olga", "owner", **WINDOWS[window])
    found = []
    for path in (f"/crisis/{crisis}", "/crisis/wall", f"/crisis/{crisis}/report"):
        page.goto(desk.address + path)
        page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
        found += complaints(page)
        assert too_wide(page) == 0, path
    assert found == []
