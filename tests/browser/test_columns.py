"""Columns in a real browser: arrows, a filter as one types, dragging, and what comes meanwhile."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Come
from tests.browser.desk import Desk, press

pytestmark = pytest.mark.real


@pytest.fixture
def page(desk: Desk, come: Come) -> Page:
    for number in range(12):
        desk.do("says", name=f"Person {number}", text=f"No signal, street {number}")
    opened = come("Alice")
    opened.goto(desk.address + "/columns")
    opened.wait_for_load_state("load")
    return opened


def heads(page: Page) -> list[str]:
    return [each.inner_text() for each in page.locator(".column-head h2").all()]


def test_a_filter_hides_rows_as_one_types_and_nothing_is_asked_of_the_desk(page: Page) -> None:
    asked: list[str] = []
    page.locator("[data-column] .row").first.focus()
    press(page, "f")
    page.on("request", lambda request: asked.append(request.url))
    page.keyboard.type("street 7")
    queue = page.locator("[data-column]").first
    expect(queue.locator(".rows > li:visible")).to_have_count(1)
    expect(queue).to_contain_text("Person 7")
    assert [each for each in asked if "columns" in each] == []


def test_what_comes_stands_in_its_column_within_a_second_and_the_filter_stays(
    desk: Desk, page: Page
) -> None:
    queue = page.locator("[data-column]").first
    queue.locator("[data-filter]").fill("tina")
    desk.do("says", name="Tina", text="999 just beeps", need="URGENT")
    expect(queue.locator(".rows > li:visible")).to_have_count(1, timeout=3000)
    expect(queue.locator("[data-filter]")).to_have_value("tina")


def test_arrows_go_to_the_next_and_with_shift_move_it(desk: Desk, page: Page) -> None:
    page.locator("[data-place='0'] .row").first.focus()
    press(page, "ArrowRight")
    assert page.evaluate("document.activeElement.closest('[data-column]').dataset.place") == "1"
    page.locator("[data-place='0'] .row").first.focus()
    press(page, "Shift+ArrowRight")
    expect(page.locator(".column-head h2").first).to_have_text("Mine")
    assert heads(page) == ["Mine", "Queue", "Private messages"]


def test_a_column_is_dragged_to_another_place(page: Page) -> None:
    page.drag_and_drop("[data-place='0'] h2", "[data-place='2'] h2")
    expect(page.locator(".column-head h2").first).to_have_text("Mine")
    assert heads(page) == ["Mine", "Private messages", "Queue"]


def widths(page: Page) -> list[str]:
    """As they are shown, and said to who listens."""
    edges = page.locator("[data-edge]").all()
    return [edge.get_attribute("aria-valuetext") or "" for edge in edges]


def test_an_edge_is_moved_by_arrows_and_keeps_the_focus_and_its_place(page: Page) -> None:
    edge = page.get_by_role("separator", name="Width of Queue")
    before = page.locator("[data-column]").first.bounding_box()
    edge.focus()
    with page.expect_response(lambda answer: answer.request.method == "POST") as kept:
        press(page, "ArrowRight")
    assert kept.value.status == 302
    expect(edge).to_be_focused()
    expect(edge).to_have_attribute("aria-valuetext", "wide")
    after = page.locator("[data-column]").first.bounding_box()
    assert before
    assert after
    assert after["width"] > before["width"]

    press(page, "ArrowRight")  # as wide as it can be
    page.reload()
    assert widths(page) == ["wide", "usual", "usual"]
    assert heads(page) == ["Queue", "Mine", "Private messages"]


def test_an_edge_is_dragged_and_the_column_stays_where_it_is(page: Page) -> None:
    box = page.get_by_role("separator", name="Width of Mine").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + 200
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 80, y, steps=5)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.mouse.up()
    page.reload()
    assert widths(page) == ["usual", "narrow", "usual"]
    assert heads(page) == ["Queue", "Mine", "Private messages"]


def test_the_menu_is_reached_by_keys_alone(page: Page) -> None:
    page.locator("[data-place='0'] summary").focus()
    press(page, "Enter")
    page.locator("[data-place='0'] textarea").first.focus()
    page.keyboard.type("street 3")
    page.locator("[data-place='0']").get_by_role("button", name="Keep").focus()
    press(page, "Enter")
    expect(page.locator(".column-note").first).to_have_text("only: street 3")
    expect(page.locator("[data-column]").first.locator(".rows > li")).to_have_count(1)
