"""The way of a mention: Tom tags us, Tina does not; Alice answers both, Bob sees it, on Bluesky."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from atproto import Client, client_utils
from playwright.sync_api import Browser, Page, expect

from tests.browser.desk import press
from tests.house import House, house
from tests.real import network
from tests.real.bluesky.conftest import indexed, person

pytestmark = pytest.mark.real


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path, allow_private="localhost,127.0.0.1") as opened:
        yield opened


def test_the_way_of_a_mention(
    bluesky: network.Bluesky, desk: House, chromium: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    brand = bluesky.sign_up("northwind")
    with person(bluesky, "tom-smith") as tom, person(bluesky, "tina") as tina:
        olga = chromium.new_page(locale="en-GB")
        _open_the_desk(olga, desk.links[0])
        _connect(olga, bluesky, brand)
        alice = _colleague(chromium, olga, "Alice Kay")
        bob = _colleague(chromium, olga, "Bob Mills")
        for page in (alice, bob):
            page.goto(desk.url)

        began = time.monotonic()
        _tag(tom, brand, " no signal since nine")
        tina.send_post("northwind is down again in Leeds, lovely start to the day")
        expect(alice.get_by_text("2 new")).to_be_visible(timeout=20_000)
        took = time.monotonic() - began
        press(alice, "n")
        rows = alice.locator(".row")
        expect(rows).to_have_count(2)
        expect(alice.get_by_text("no signal since nine")).to_be_visible()
        expect(alice.get_by_text("not tagged", exact=False).first).to_be_visible()

        _answer(alice, bob, desk, "no signal since nine", "That is on us, Tom. We are on it. ^AK")
        _answer(alice, bob, desk, "down again in Leeds", "Sorry, Tina. Leeds is back by ten. ^AK")

        for customer, words in ((tom, "That is on us, Tom"), (tina, "Sorry, Tina")):
            told = _until(partial(_notified, customer, words))
            assert told.reason == "reply"
            assert told.author.did == brand.did
        with capsys.disabled():
            print(f"\nboth mentions were counted in the inbox after {took:.1f} s")
    assert took < 5


def _open_the_desk(olga: Page, link: str) -> None:
    olga.goto(link)
    olga.get_by_label("Name of the organisation").fill("Northwind Mobile")
    olga.get_by_label("Your name").fill("Olga Marsh")
    olga.get_by_label("Your e-mail address").fill("olga@example.com")
    olga.get_by_role("button", name="Open the desk").click()


def _connect(olga: Page, bluesky: network.Bluesky, brand: network.Somebody) -> None:
    olga.get_by_role("link", name="Bluesky").click()
    olga.get_by_label("Handle").fill(brand.handle)
    olga.get_by_label("App password").fill(brand.password)
    olga.get_by_label("Words to watch").fill("northwind")
    olga.get_by_label("Service").fill(bluesky.pds)
    # A new account is known to the whole network about a second after it is made.
    indexed(lambda: _pressed(olga))
    expect(olga.get_by_text("heard", exact=False).first).to_be_visible()


def _pressed(olga: Page) -> None:
    olga.get_by_role("button", name="Connect Bluesky").click()
    expect(olga.get_by_role("heading", name="Channels")).to_be_visible()


def _colleague(browser: Browser, olga: Page, name: str) -> Page:
    olga.goto(urljoin(olga.url, "/team"))
    olga.get_by_label("Name").last.fill(name)
    olga.get_by_label("E-mail address").fill(f"{name.split(maxsplit=1)[0].lower()}@example.com")
    olga.get_by_role("button", name="Make an invitation").click()
    link = olga.locator("code.secret").inner_text()
    page = browser.new_context(locale="en-GB").new_page()
    page.goto(link)
    page.get_by_role("button", name="Sign in").click()
    return page


def _tag(tom: Client, brand: network.Somebody, words: str) -> None:
    tom.send_post(client_utils.TextBuilder().mention(f"@{brand.handle}", brand.did).text(words))


def _answer(alice: Page, bob: Page, desk: House, words: str, reply: str) -> None:
    alice.goto(desk.url)
    bob.goto(desk.url)
    bob.locator(".row", has_text=words).click()
    alice.locator(".row", has_text=words).click()
    alice.wait_for_url("**/c/**")
    press(alice, "t")
    expect(alice.get_by_text("you took it")).to_be_visible()
    # Bob's open page says so by itself, and offers him no reply box.
    expect(bob.get_by_text("Alice Kay").first).to_be_visible(timeout=5_000)
    expect(bob.get_by_role("button", name="Send to")).to_have_count(0)
    press(alice, "r")
    alice.keyboard.type(reply)
    expect(alice.locator("[data-counter]")).to_contain_text(f"{len(reply)}")
    press(alice, "Control+Enter")
    expect(alice.get_by_text("leaves in").first).to_be_visible()


def _notified(customer: Client, words: str) -> Any:
    told = customer.app.bsky.notification.list_notifications().notifications
    return next((one for one in told if words in getattr(one.record, "text", "")), None)


def _until(ask: Callable[[], Any], within: float = 40.0) -> Any:
    deadline = time.monotonic() + within
    while not (found := ask()):
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.3)
    return found
