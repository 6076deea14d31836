"""Writing a watch in a browser: tried while typing, by keyboard, without scripts, for everybody."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Come
from tests.browser.desk import Desk, press
from tests.browser.test_accessible import WINDOWS, complaints, too_wide

pytestmark = pytest.mark.real

POSTS = {
    "Tom": "Is Northwind down again? No signal in Example Street",
    "Tina": "@northwind no signal since six, my mum waits for a call",
    "Priya": "nrothwind no signal in Example Street since six",
    "Ewan": "the north wind is cold in the hills today",
    "Rosa": "can you send me my bill again please",
}


@pytest.fixture
def heard(desk: Desk) -> None:
    for name, text in POSTS.items():
        desk.do("says", name=name, text=text, tagged=name == "Rosa")


@pytest.mark.usefixtures("heard")
def test_the_preview_follows_what_is_typed_and_focus_stays(desk: Desk, come: Come) -> None:
    page = come("Dan", "lead")
    page.goto(f"{desk.address}/watches/new")
    page.get_by_label("Words to look for").press_sequentially("northwind")

    expect(page.get_by_role("heading", name="Would have caught 2 of")).to_be_visible()
    assert page.locator("u.caught").all_inner_texts() == ["@northwind", "Northwind"]
    expect(page.get_by_label("Words to look for")).to_be_focused()

    page.keyboard.type(" AND (")
    expect(page.get_by_text("Column 16: Expected a word")).to_be_visible()
    expect(page.get_by_label("Words to look for")).to_have_value("northwind AND (")


@pytest.mark.usefixtures("heard")
def test_by_keyboard_alone_a_watch_is_written(desk: Desk, come: Come) -> None:
    page = come("Dan", "lead")
    page.goto(f"{desk.address}/watches/new")
    page.get_by_label("Name", exact=True).focus()
    page.keyboard.type("Our name")
    press(page, "Tab")
    page.keyboard.type("northwind~1")
    press(page, "Tab")
    press(page, "Tab")
    press(page, "Enter")

    expect(page.get_by_role("cell", name="northwind~1")).to_be_visible()


@pytest.mark.usefixtures("heard")
def test_without_scripts_the_button_tries_it(desk: Desk, come: Come) -> None:
    page = come("Dan", "lead", script=False)
    page.goto(f"{desk.address}/watches/new")
    page.get_by_label("Words to look for").fill("northwind OR nrothwind")
    page.get_by_role("button", name="Preview").click()

    expect(page.get_by_role("heading", name="Would have caught 3 of")).to_be_visible()


@pytest.mark.usefixtures("heard")
@pytest.mark.parametrize("window", WINDOWS)
def test_axe_finds_nothing(desk: Desk, come: Come, window: str) -> None:
    page = come("Olga", "owner", **WINDOWS[window])
    for show in (_empty, _tried, _mistaken, _listed):
        show(page, desk.address)
        assert complaints(page) == []
        assert too_wide(page) <= 0


def _empty(page: Page, address: str, **_: Any) -> None:
    page.goto(f"{address}/watches")


def _tried(page: Page, address: str) -> None:
    page.goto(f"{address}/watches/new")
    page.get_by_label("Words to look for").fill("northwind")
    page.wait_for_selector("u.caught")


def _mistaken(page: Page, address: str) -> None:
    page.get_by_label("Words to look for").fill("northwind NEAR signal")
    page.wait_for_selector("#mistake mark")


def _listed(page: Page, address: str) -> None:
    page.get_by_label("Name", exact=True).fill("Our name")
    page.get_by_label("Words to look for").fill("northwind OR nrothwind " + "OR x" * 100)
    page.get_by_role("button", name="Keep the watch").click()
    page.wait_for_selector("td.num")
