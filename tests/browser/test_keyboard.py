"""The whole way of a mention without a mouse, and without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Come
from tests.browser.desk import Desk, press

pytestmark = pytest.mark.real


def test_from_the_queue_to_the_next_one_by_keys_alone(desk: Desk, come: Come) -> None:
    desk.do("says", name="Tom", text="no signal", need="URGENT")
    talk = desk.do("says", name="Tina", text="voicemail is gone")
    page = come("Alice")

    press(page, "j")
    press(page, "j")
    expect(page.locator(".row").nth(1)).to_be_focused()
    press(page, "t")
    page.wait_for_url(f"**/c/{talk}")
    press(page, "r")
    page.keyboard.type("Dial 121 once, please; it comes back.")
    expect(page.locator("#count")).to_have_text("37/300")
    expect(page.locator("#room")).to_contain_text("One Bluesky reply reserved for you")
    press(page, "Control+Enter")

    expect(page.locator(".toast")).to_contain_text("Your answer to Tina leaves in")
    assert desk.do("replies") == [["Dial 121 once, please; it comes back.", "reserved"]]
    press(page, "z")
    page.wait_for_url(f"**/c/{talk}")
    expect(page.locator("#reply")).to_have_value("Dial 121 once, please; it comes back.")
    assert desk.do("replies")[0][1] == "withdrawn"


def test_t_outside_the_list_takes_the_next_one(desk: Desk, come: Come) -> None:
    talk = desk.do("says", name="Tom", text="no signal")
    desk.do("says", name="Tina", text="voicemail", minutes_ago=1)
    page = come("Alice")

    press(page, "t")

    page.wait_for_url(f"**/c/{talk}")
    assert desk.do("holder", talk=talk) == "Alice"


def test_hand_over_and_close_open_in_place_with_focus(desk: Desk, come: Come) -> None:
    talk = desk.do("says", name="Tom", text="thank you, all good")
    desk.do("link", name="Bob")
    desk.do("takes", name="Alice", talk=talk)
    page = come("Alice")
    page.goto(f"{desk.address}/c/{talk}")

    press(page, "h")
    expect(page.get_by_label("To whom")).to_be_focused()
    press(page, "Escape")
    press(page, "Escape")
    expect(page.get_by_label("To whom")).to_be_hidden()
    press(page, "c")
    page.keyboard.type("Thanks or praise")
    press(page, "Enter")

    page.wait_for_url(f"{desk.address}/")
    expect(page.get_by_text("Nobody is waiting.")).to_be_visible()


def test_letters_typed_into_a_field_are_letters(desk: Desk, come: Come) -> None:
    desk.do("says", name="Tom", text="no signal")
    page = come("Alice")

    press(page, "/")
    page.keyboard.type("jtnk")

    expect(page.get_by_label("Search what people said")).to_have_value("jtnk")
    assert page.url == f"{desk.address}/"


def test_keys_that_are_turned_off_do_nothing(desk: Desk, come: Come) -> None:
    desk.do("says", name="Tom", text="no signal")
    page = come("Alice", keys_on=False)

    for key in ("j", "t", "/"):
        press(page, key)

    expect(page.locator(".row").first).not_to_be_focused()
    assert page.url == f"{desk.address}/"


def test_the_counter_stops_what_is_too_long(desk: Desk, come: Come) -> None:
    talk = desk.do("says", name="Tom", text="no signal")
    desk.do("takes", name="Alice", talk=talk)
    page = come("Alice")
    page.goto(f"{desk.address}/c/{talk}")

    page.locator("#reply").fill("a" * 312)

    expect(page.locator("#count")).to_have_text("312/300, 12 too long")
    page.locator("#reply").press("Control+Enter")
    expect(page.get_by_role("button", name="Send to Tom")).to_have_attribute(
        "aria-disabled", "true"
    )
    assert desk.do("replies") == []


def test_a_draft_comes_back_after_the_window_was_closed(desk: Desk, come: Come) -> None:
    talk = desk.do("says", name="Tom", text="no signal")
    desk.do("takes", name="Alice", talk=talk)
    page = come("Alice")
    page.goto(f"{desk.address}/c/{talk}")
    page.locator("#reply").type("Half a sent")

    page.goto(desk.address)
    page.goto(f"{desk.address}/c/{talk}")

    expect(page.locator("#reply")).to_have_value("Half a sent")


def test_everything_works_without_javascript(desk: Desk, come: Come) -> None:
    desk.do("says", name="Tom", text="no signal")
    page = come("Alice", script=False)

    page.get_by_role("button", name="Take next").click()
    page.get_by_label("Public reply to Tom").fill("a" * 301)
    page.get_by_role("button", name="Send to Tom").click()
    expect(page.locator(".notice-error")).to_contain_text("too long: 301 of 300")
    page.get_by_label("Public reply to Tom").fill("Hold the button.")
    page.get_by_role("button", name="Send to Tom").click()
    expect(page.locator(".toast")).to_contain_text("Your answer to Tom leaves in")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_label("Public reply to Tom")).to_have_value("Hold the button.")
    page.get_by_text("Note", exact=True).click()
    page.get_by_label("Note, only we can read this").fill("mast 114")
    page.get_by_role("button", name="Keep note").click()
    expect(page.locator("#thread")).to_contain_text("mast 114")
    page.get_by_text("Close", exact=False).first.click()
    page.get_by_label("Why it is done").fill("done")
    page.get_by_role("button", name="Close the conversation").click()
    expect(page.get_by_text("Nobody is waiting.")).to_be_visible()
