"""Granny Smith in a browser, without an account: the form without a script, her call by keys."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Come
from tests.browser.desk import Desk, Visit, press
from tests.browser.test_accessible import WINDOWS, complaints, too_wide

pytestmark = pytest.mark.real

PHONE = {
    "number": "01632 960000",
    "hours": "mon-sun 00:05-11:00 11:00-23:55",
    "calls": "6",
}


@pytest.fixture
def opened(desk: Desk) -> Desk:
    """A desk that keeps a form and a phone, with somebody who waits."""
    desk.do("link", name="Alice")
    desk.do("opens", channel="webform")
    desk.do("opens", channel="phone", **PHONE)
    desk.do("says", name="Tom", text="no signal", need="URGENT")
    return desk


def outside(chromium: Browser, desk: Desk, *, script: bool = True, window: str = "light") -> Page:
    """Somebody who never signs in."""
    size, dark = WINDOWS[window].get("size", (1000, 800)), WINDOWS[window].get("dark", False)
    return Visit(chromium, desk).context(size=size, dark=dark, script=script).new_page()


def sent(page: Page, desk: Desk) -> None:
    """She fills the form in and sends it, at once and again when it asks her to wait."""
    page.goto(f"{desk.address}/contact")
    page.get_by_label("Your words").fill("My phone has had no signal since Sunday.")
    page.get_by_label("Your name").fill("Granny Smith")
    page.wait_for_timeout(3100)  # faster than people write is asked to wait
    page.get_by_role("button", name="Send").click()


def test_without_a_script_and_without_a_cookie(chromium: Browser, opened: Desk) -> None:
    page = outside(chromium, opened, script=False)
    sent(page, opened)
    expect(page.get_by_text("We have your message.")).to_be_visible()
    assert page.context.cookies() == []
    reference = page.locator(".reference").inner_text()
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", reference)

    opened.do("triages")
    page.get_by_role("link", name="Look again").click()
    expect(page.locator(".lead")).to_contain_text("1 person is before you.")
    page.get_by_role("link", name="Deutsch").click()
    expect(page.locator(".lead")).to_contain_text("1 Mensch ist vor Ihnen dran.")


def test_her_call_is_written_down_with_two_keys(opened: Desk, come: Come) -> None:
    page = come("Alice")
    press(page, "l")
    expect(page.get_by_label("What they ask")).to_be_focused()
    page.keyboard.type("The line has crackled since Sunday")
    press(page, "Control+Enter")
    expect(page.locator("h1")).to_have_text(re.compile("[0-9A-Z]{4}-"))
    opened.do("triages")
    page.goto(opened.address)
    expect(page.get_by_text("The line has crackled")).to_be_visible()


@pytest.mark.parametrize("window", WINDOWS)
def test_axe_finds_nothing_on_the_pages_outside(
    chromium: Browser, opened: Desk, window: str
) -> None:
    page = outside(chromium, opened, window=window)
    found = []
    for path in ("/contact", "/contact?in=de", "/contact/lost", "/contact/K7TM-2Q9X-4BDN"):
        page.goto(opened.address + path)
        found += complaints(page)
        assert too_wide(page) <= 0
    page.goto(f"{opened.address}/contact")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    found += complaints(page)
    sent(page, opened)
    opened.do("triages")
    page.get_by_role("link", name="Look again").click()
    expect(page.locator(".lead")).to_contain_text("before you")
    found += complaints(page)
    assert found == []


@pytest.mark.parametrize("window", WINDOWS)
def test_axe_finds_nothing_where_calls_are_written_down(
    opened: Desk, come: Come, window: str
) -> None:
    page = come("Alice", **WINDOWS[window])
    page.goto(f"{opened.address}/calls/new")
    found = complaints(page)
    assert too_wide(page) <= 0
    page.get_by_label("What they ask").fill("My bill")
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator("h1")).to_have_text(re.compile("[0-9A-Z]{4}-"))
    found += complaints(page)
    assert found == []
