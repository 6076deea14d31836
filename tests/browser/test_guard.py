"""The guard, a tone hint and a saved reply, by keys alone in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Come
from tests.browser.desk import Desk, press

pytestmark = pytest.mark.real

ALARM = "my gran's alarm has no signal"
PUBLIC_ONLY = "flickr"  # no private way to lead to


def test_where_there_is_a_private_way_the_key_leads_there_with_every_word(
    desk: Desk, come: Come
) -> None:
    talk = desk.do("says", name="Tom", text=ALARM, need="URGENT")
    desk.do("link", name="Alice")
    desk.do("takes", name="Alice", talk=talk)
    page = come("Alice")
    page.goto(f"{desk.address}/c/{talk}")

    press(page, "r")
    page.keyboard.insert_text("As she is alone, ring 07700 900417.")
    expect(page.locator("#checked")).to_contain_text("Everybody would read: phone number, that")
    press(page, "Alt+g")

    private = page.get_by_label("Private reply to Tom on Bluesky")
    expect(private).to_have_value("As she is alone, ring 07700 900417.")
    expect(private).to_be_focused()
    press(page, "Control+Enter")
    expect(page.locator(".toast")).to_contain_text("Your answer to Tom leaves in")


def test_what_must_not_leave_is_marked_as_one_types_and_left_out_by_a_key(
    desk: Desk, come: Come
) -> None:
    talk = desk.do("says", name="Tom", text=ALARM, need="URGENT", channel=PUBLIC_ONLY)
    desk.do("link", name="Alice")
    desk.do("takes", name="Alice", talk=talk)
    page = come("Alice")
    page.goto(f"{desk.address}/c/{talk}")

    press(page, "r")
    page.keyboard.insert_text("Thank you, Tom. Simply wait. As she is alone, ring 07700 900417.")
    expect(page.locator("#checked")).to_contain_text("Everybody would read: phone number, that")
    expect(page.locator("#hints")).to_contain_text("“Simply” can sound glib")
    assert page.locator("#draft-marks mark").all_inner_texts() == [
        "As she is alone",
        "07700 900417",
    ]
    expect(page.locator("[data-send]")).to_have_attribute("aria-disabled", "true")
    press(page, "Control+Enter")
    assert desk.do("replies") == []

    press(page, "Alt+g")
    expect(page.locator("#reply")).to_have_value("Thank you, Tom. Simply wait.")
    expect(page.locator("#guard")).to_have_count(0)
    expect(page.locator("[data-send]")).to_have_attribute("aria-disabled", "false")
    page.get_by_role("button", name="Leave it out").click()
    expect(page.locator("#reply")).to_have_value("Thank you, Tom. Wait.")
    expect(page.locator("#reply")).to_be_focused()
    press(page, "Control+Enter")

    expect(page.locator(".toast")).to_contain_text("Your answer to Tom leaves in")
    assert desk.do("replies") == [["Thank you, Tom. Wait.", "reserved"]]


def test_past_the_guard_enter_sends_for_the_reason_that_was_typed(desk: Desk, come: Come) -> None:
    talk = desk.do("says", name="Tom", text="call me", need="SPECIFIC")
    desk.do("link", name="Alice")
    desk.do("takes", name="Alice", talk=talk)
    page = come("Alice")
    page.goto(f"{desk.address}/c/{talk}")

    page.get_by_label("Public reply").fill("We will ring 07700 900417 at once.")
    page.get_by_text("Send all the same").click()
    page.get_by_label("Why it may leave").fill("it is his shop's number")
    press(page, "Enter")

    expect(page.locator(".toast")).to_contain_text("Your answer to Tom leaves in")
    assert desk.do("replies") == [["We will ring 07700 900417 at once.", "reserved"]]


def test_a_saved_reply_is_found_and_put_where_the_caret_is(desk: Desk, come: Come) -> None:
    desk.do("saves", name="No signal", text="Hello {first}, try flight mode.")
    desk.do("saves", name="Refund", text="It goes back to you.")
    talk = desk.do("says", name="Tom", text="no signal")
    desk.do("takes", name="Alice", talk=talk)
    page = come("Alice")
    page.goto(f"{desk.address}/c/{talk}")

    press(page, "s")
    page.keyboard.type("flight")
    expect(page.locator("#saved-found li")).to_have_count(1)
    press(page, "Enter")

    expect(page.locator("#reply")).to_have_value("Hello Tom, try flight mode.")
    expect(page.locator("#reply")).to_be_focused()
