"""WCAG 2.2 AA on every page: axe in light, dark and on a phone; nothing scrolls sideways."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Come
from tests.browser.desk import Desk, press

pytestmark = pytest.mark.real

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WINDOWS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"dark": True},
    "phone": {"size": (390, 844)},
}
PAGES = (
    "/",
    "/mine",
    "/mine/due",
    "/taken",
    "/waiting-for-them",
    "/asleep",
    "/for-you",
    "/coaching",
    "/praise",
    "/columns",
    "/tags",
    "/me/tokens",
    "/customer-system",
    "/ticket-system",
    "/drafting-machine",
    "/close-reasons",
    "/blocks",
    "/hidden",
    "/impostors",
    "/piles",
    "/consent-words",
    "/search?words=signal",
    "/search?words=unheard",
    "/outbox",
    "/channels",
    "/channels/connect/bluesky",
    "/own-contacts",
    "/guidelines",
    "/saved-replies",
    "/links",
    "/allowances",
    "/plan",
    "/rota",
    "/rota/coverage",
    "/rota/opening",
    "/handover",
    "/areas",
    "/identity-system",
    "/identity",
    "/crisis",
    "/crisis/wall",
    "/answers",
    "/questions",
    "/safety",
    "/watches",
    "/setup",
    "/team",
    "/calling",
    "/reports",
    "/reports/work",
    "/reports/themes",
    "/reports/questions",
    "/reports/board",
    "/reports/explore",
    "/reports/explore?by=need",
    "/reports/views/1",
    "/audit",
    "/openings",
    "/audience",
    "/privacy",
    "/incidents",
    "/retention",
    "/security",
    "/rights",
    "/a/who",
    "/me",
    "/order",
    "/keys",
    "/nothing",
    "/accounts/2fa/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/2fa/totp/activate/",
    "/accounts/password/set/",
    "/accounts/logout/",
)


@pytest.fixture
def stage(desk: Desk) -> list[str]:
    """A desk with something on every page; the conversations to open."""
    tom = desk.do("says", name="Tom", text="no signal", need="URGENT", tagged=False)
    tina = desk.do("says", name="Tina", text="is 999 down", thread="at://post")
    rosa = desk.do("says", name="Rosa", text="look " + "x" * 400, thread="at://post")
    colin = desk.do("says", name="Colin", text="silence of the hills", need="VENT")
    desk.do("link", name="Alice")
    desk.do("link", name="Olga", role="owner")
    desk.do("shows", name="Olga")
    desk.do("takes", name="Olga", talk=tom)
    desk.do("notes", name="Alice", talk=tom, text="mast 114 is down")
    desk.do("takes", name="Alice", talk=tina)
    desk.do("answers", name="Alice", talk=tina, text="We are on it.")
    desk.do("scarce", left=1, cap=4)
    desk.do("tells", talk=tina, number="07700 900123")
    return [tom, tina, rosa, colin]


def _about(stage: list[str]) -> Iterator[str]:
    for talk in stage:
        yield f"/c/{talk}"
        yield f"/c/{talk}/consent"


def complaints(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{page.url} {each['id']}: {node['html'][:160]} {node['failureSummary'][:300]}"
        for each in found
        for node in each["nodes"]
    ]


def too_wide(page: Page) -> int:
    script = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return int(page.evaluate(script))


@pytest.mark.parametrize("window", WINDOWS)
def test_axe_finds_nothing_on_any_page(
    desk: Desk, come: Come, stage: list[str], window: str
) -> None:
    page = come("Olga", "owner", **WINDOWS[window])
    found = []

    for path in [*PAGES, *_about(stage)]:
        page.goto(desk.address + path)
        found += complaints(page)

    assert found == []


@pytest.mark.parametrize("window", WINDOWS)
def test_axe_finds_nothing_outside_the_door(desk: Desk, come: Come, window: str) -> None:
    page = come("Olga", "owner", **WINDOWS[window])
    link = desk.do("link", name="Alice").replace(desk.address, "")
    page.goto(f"{desk.address}/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    desk.do("says", name="Tom", text="no signal")
    view = desk.do("shows", name="Olga")
    found = []

    for path in (
        *("/accounts/login/", link, "/sign-in/" + "a" * 32, "/accounts/password/reset/"),
        *(view, f"{view[:-4]}aaaa"),
    ):
        page.goto(desk.address + path)
        found += complaints(page)

    assert found == []


@pytest.mark.parametrize("width", [320, 390, 700, 1000, 1280])
def test_nothing_scrolls_sideways(desk: Desk, come: Come, stage: list[str], width: int) -> None:
    page = come("Olga", "owner", size=(width, 800))

    wide = {
        path: excess
        for path in [*PAGES, *_about(stage)]
        if page.goto(desk.address + path) and (excess := too_wide(page))
    }

    assert wide == {}


@pytest.mark.parametrize("window", WINDOWS)
def test_what_is_hidden_and_what_was_recorded(desk: Desk, come: Come, window: str) -> None:
    open_, hidden = (
        desk.do("exposes", name="Tom", hidden=False),
        desk.do("exposes", name="Tina", hidden=True),
    )
    call = desk.do("calls", name="Granny Smith")
    page = come("Olga", "owner", **WINDOWS[window])
    found = []
    for path in (open_[1], hidden[1], "/hidden", f"/c/{open_[0]}", f"/c/{hidden[0]}"):
        page.goto(desk.address + path)
        found += complaints(page)
        assert too_wide(page) == 0, path
    waits = desk.do("rings", name="Colin", going=False)
    page.goto(f"{desk.address}/c/{waits}")
    page.locator("#call-now summary").click()
    found += complaints(page)
    for path in (f"/c/{desk.do('rings', name='Rosa', going=True)}", "/me"):
        page.goto(desk.address + path)
        found += complaints(page)
        assert too_wide(page) == 0, path
    page.goto(f"{desk.address}/c/{call}")
    form = page.locator("[id^=listen-]").first
    form.locator("summary").click()
    found += complaints(page)
    form.get_by_label("Why, in a few words").fill("to hear what she needs")
    form.get_by_role("button").click()
    expect(page.locator("audio")).to_be_visible()
    assert page.evaluate("document.querySelector('audio').error") is None
    found += complaints(page)
    assert too_wide(page) == 0

    assert found == []


def test_opened_forms_and_strips_are_accessible_too(
    desk: Desk, come: Come, stage: list[str]
) -> None:
    page = come("Olga", "owner")
    page.goto(f"{desk.address}/c/{stage[0]}")
    for key in ("h", "c"):
        press(page, key)
        press(page, "Escape")
        found = complaints(page)
        assert found == []
        press(page, "Escape")
    page.locator("#reply").fill("We are on it.")
    page.locator("#reply").press("Control+Enter")
    expect(page.locator(".toast")).to_be_visible()

    assert complaints(page) == []


def test_every_target_is_at_least_24_pixels_or_stands_in_a_sentence(
    desk: Desk, come: Come, stage: list[str]
) -> None:
    page = come("Olga", "owner", size=(390, 844))
    script = """() => [...document.querySelectorAll("button, select, summary, input")]
        .filter(each => each.checkVisibility() && each.type !== "hidden")
        .map(each => [each.outerHTML.slice(0, 90), each.getBoundingClientRect()])
        .filter(([, box]) => box.width > 0 && (box.width < 24 || box.height < 24)
            && box.width < 300)
        .map(([html]) => html)"""

    small = {}
    for path in [*PAGES[:19], f"/c/{stage[0]}"]:
        page.goto(desk.address + path)
        small[path] = page.evaluate(script)

    # Boxes to tick are pressed by their label, which is 28 pixels tall.
    assert {
        p: [h for h in found if "checkbox" not in h and "radio" not in h]
        for p, found in small.items()
    } == {p: [] for p in small}
