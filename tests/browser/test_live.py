"""Two people at the desk at the same time, and pages that keep up without moving."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Come
from tests.browser.desk import Desk, press

pytestmark = pytest.mark.real


def open_talk(page: Page, name: str) -> None:
    page.get_by_role("link", name=re.compile(name)).click()


def wait_for_stream(page: Page) -> None:
    page.wait_for_selector("html[data-live-on]")


def test_new_items_are_counted_at_once_and_shown_on_n(desk: Desk, come: Come) -> None:
    desk.do("says", name="Tom", text="no signal")
    page = come("Alice")
    wait_for_stream(page)
    page.locator(".row").first.focus()
    before = page.locator(".row").first.bounding_box()

    desk.do("says", name="Tina", text="is 999 down", need="URGENT", minutes_ago=0)

    expect(page.get_by_role("status").filter(has_text="1 new, one urgent")).to_be_visible(
        timeout=5000
    )
    expect(page.locator(".row")).to_have_count(1)
    expect(page.locator(".row").first).to_be_focused()
    press(page, "n")
    expect(page.locator(".row")).to_have_count(2)
    expect(page.locator(".row").first).to_contain_text("Tina")
    expect(page.locator(".row").first).to_be_focused()
    assert before is not None


def test_new_items_can_be_held(desk: Desk, come: Come) -> None:
    desk.do("says", name="Tom", text="no signal")
    page = come("Alice")
    wait_for_stream(page)
    desk.do("says", name="Tina", text="me too")
    page.get_by_role("button", name="Hold new items").click()

    desk.do("says", name="Ewan", text="me too")

    expect(page.locator("#new-items")).to_contain_text("2 new")
    expect(page.locator("#new-items [role=status]")).to_have_count(0)


def test_bob_sees_at_once_that_alice_took_it(desk: Desk, come: Come) -> None:
    desk.do("says", name="Tom", text="no signal")
    alice, bob = come("Alice"), come("Bob")
    wait_for_stream(bob)
    open_talk(alice, "Tom")

    alice.get_by_role("button", name="Take", exact=False).first.click()

    expect(bob.locator(".row").first).to_contain_text("Alice")
    open_talk(bob, "Tom")
    expect(bob.locator("#composer")).to_contain_text("Alice has this conversation.")
    expect(bob.get_by_role("button", name="Send to Tom")).to_have_count(0)


def test_a_half_typed_reply_and_the_caret_survive_what_others_do(desk: Desk, come: Come) -> None:
    talk = desk.do("says", name="Tom", text="no signal")
    page = come("Alice")
    desk.do("takes", name="Alice", talk=talk)
    open_talk(page, "Tom")
    wait_for_stream(page)
    box = page.get_by_label("Public reply to Tom on Bluesky")
    box.type("We are loking")
    box.evaluate("box => box.setSelectionRange(8, 8)")

    desk.do("notes", name="Bob", talk=talk, text="mast 114 is down")
    desk.do("says", name="Tom", text="still nothing", minutes_ago=0)

    expect(page.locator("#thread")).to_contain_text("mast 114 is down")
    expect(page.locator("#thread")).to_contain_text("still nothing")
    expect(box).to_be_focused()
    page.keyboard.type("o")
    expect(box).to_have_value("We are looking")


def test_taking_over_locks_the_box_and_keeps_what_was_typed(desk: Desk, come: Come) -> None:
    talk = desk.do("says", name="Tom", text="no signal")
    desk.do("takes", name="Alice", talk=talk)
    alice, dan = come("Alice"), come("Dan", "lead")
    open_talk(alice, "Tom")
    wait_for_stream(alice)
    alice.get_by_label("Public reply").type("We are looking")
    expect(alice.locator("#room")).to_contain_text("reserved for you")
    alice.wait_for_timeout(1500)  # the draft is kept a second after the last key
    open_talk(dan, "Tom")
    dan.get_by_text("Take over").first.click()
    dan.get_by_label("Why you take over from Alice").fill("lunch")
    press(dan, "Enter")

    expect(alice.locator("#composer")).to_contain_text("Dan has this conversation.")
    expect(alice.get_by_role("button", name="Send to Tom")).to_have_count(0)
    dan.get_by_text("What Alice was writing").click()
    expect(dan.get_by_text("We are looking", exact=True)).to_be_visible()


def test_a_deleted_post_goes_from_the_open_page(desk: Desk, come: Come) -> None:
    talk = desk.do("says", name="Tom", text="my number is 07700 900123")
    page = come("Alice")
    open_talk(page, "Tom")
    wait_for_stream(page)

    desk.do("deletes", talk=talk)

    expect(page.locator("#thread")).to_contain_text("deleted by its author")
    expect(page.locator("body")).not_to_contain_text("07700")


def test_somebody_removed_sees_the_door_at_once(desk: Desk, come: Come) -> None:
    come("Olga", "owner")
    page = come("Bob")
    wait_for_stream(page)

    desk.do("removes", name="Bob")

    page.wait_for_url("**/accounts/login/**", timeout=15_000)
