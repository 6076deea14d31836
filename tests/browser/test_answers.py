"""Public answers in a browser: written at the desk, inserted by a key, read by everybody."""

import json
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Come
from tests.browser.desk import Desk, press
from tests.browser.test_accessible import WINDOWS, complaints, too_wide

pytestmark = pytest.mark.real

PAGE = "/a/no-signal-in-yorkshire"


@pytest.fixture
def tom(desk: Desk) -> str:
    """Tom asks what a public answer answers."""
    desk.do("link", name="Dan", role="lead")
    return str(desk.do("says", name="Tom", text="no signal in Leeds"))


@pytest.fixture
def answer(desk: Desk, tom: str) -> list[str]:
    """The answer's name and the code of its short link."""
    found: list[str] = desk.do("answer_of", talk=tom)
    return found


def public(page: Page, desk: Desk, path: str = PAGE) -> None:
    """Opens a public page once the door has it."""
    for _ in range(300):  # a busy machine takes its time
        sent = page.goto(desk.address + path)
        if sent is not None and sent.status == 200:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{path} is not public")


def test_what_is_written_is_compared_and_read_while_it_is_typed(
    desk: Desk, come: Come, answer: list[str]
) -> None:
    page = come("Alice")
    page.goto(f"{desk.address}/answers/{answer[0]}")
    text = page.get_by_label("Text", exact=True)
    text.fill(text.input_value().replace("Otley", "Ilkley") + "\nWe commence tonight.")

    expect(page.locator("ins").filter(has_text="Ilkley")).to_be_visible()
    expect(page.get_by_text("“commence”: simply “start”?")).to_be_visible()
    expect(text).to_be_focused()
    press(page, "Control+s")
    expect(page.get_by_text("The draft is kept.")).to_be_visible()
    expect(page.get_by_label("Text", exact=True)).to_have_value(re.compile("Ilkley"))


def test_by_keys_it_is_previewed_compared_and_left(
    desk: Desk, come: Come, answer: list[str]
) -> None:
    page = come("Dan", "lead")
    page.goto(f"{desk.address}/answers/{answer[0]}")
    with page.context.expect_page() as opened:
        press(page, "v")
    expect(opened.value.get_by_text("This is a draft.")).to_be_visible()
    opened.value.close()
    press(page, "d")
    expect(page.locator("#changes")).not_to_have_attribute("open", "")
    press(page, "w")
    expect(page.get_by_role("heading", name="told: revision 2")).to_be_visible()
    press(page, "Escape")
    expect(page.get_by_role("heading", name="revision 3, not published")).to_be_visible()
    press(page, "Escape")
    expect(page.get_by_role("heading", name="Answers", exact=True)).to_be_visible()


def test_published_it_is_public_within_seconds(desk: Desk, come: Come, answer: list[str]) -> None:
    bob = come("Bob")
    bob.goto(f"{desk.address}/answers/{answer[0]}")
    bob.get_by_role("button", name="I read it and stand by it").click()
    page = come("Dan", "lead")
    page.goto(f"{desk.address}/answers/{answer[0]}")
    page.get_by_role("button", name="Publish revision 3").click()
    expect(page.get_by_text("Revision 3 is public since")).to_be_visible()

    public(page, desk, f"{PAGE}/3")
    expect(page.get_by_text("Nine in ten people can call again.")).to_be_visible()
    expect(page.get_by_text("Checked by a second person")).to_be_visible()


def test_the_key_inserts_the_answer_and_who_gets_it_was_told(
    desk: Desk, come: Come, tom: str, answer: list[str]
) -> None:
    desk.do("takes", name="Alice", talk=tom)
    page = come("Alice")
    page.goto(f"{desk.address}/c/{tom}")
    press(page, "i")
    box = page.locator("#reply")
    expect(box).to_be_focused()
    expect(box).to_have_value(
        "Seven in ten people can call again. We expect the rest to be back by 13:00."
    )
    box.fill("Hello Tom.")
    box.press("Alt+i")
    expect(box).to_have_value(re.compile(r"^Hello Tom\. Seven in ten"))


def test_without_scripts_the_answer_is_inserted_too(
    desk: Desk, come: Come, tom: str, answer: list[str]
) -> None:
    desk.do("takes", name="Alice", talk=tom)
    page = come("Alice", script=False)
    page.goto(f"{desk.address}/c/{tom}")
    page.get_by_role("button", name="Insert its link").click()

    expect(page.locator("#reply")).to_have_value(f"{desk.address}/s/{answer[1]}")


def test_everybody_reads_it_without_cookies_or_complaints(
    desk: Desk, chromium: Browser, answer: list[str]
) -> None:
    window = chromium.new_context(reduced_motion="reduce")
    page = window.new_page()
    said: list[str] = []
    page.on("console", lambda each: said.append(each.text))
    public(page, desk)
    said.clear()

    public(page, desk, f"/s/{answer[1]}")

    assert page.url.endswith(PAGE)
    assert window.cookies() == []
    assert said == []
    data = json.loads(page.locator('script[type="application/ld+json"]').inner_text())
    assert data["@type"] == "FAQPage"
    assert [each["name"] for each in data["mainEntity"]][1] == "What should I do?"
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight") == "600"
    window.close()


@pytest.mark.parametrize("window", WINDOWS)
def test_axe_finds_nothing_on_any_page_of_answers(
    desk: Desk, come: Come, answer: list[str], window: str
) -> None:
    page = come("Dan", "lead", **WINDOWS[window])
    public(page, desk)
    found = []

    for path in (PAGE, f"{PAGE}/1", "/a/", "/a/nothing", "/answers", f"/answers/{answer[0]}"):
        page.goto(desk.address + path)
        found += complaints(page)
        assert too_wide(page) <= 0, path

    assert found == []
