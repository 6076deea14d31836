"""Six people ask the same question in six places; each is answered where they asked.

A server of the fediverse, a Bluesky, a blog, a mailbox, our contact page and the telephone: all
real but the telephone, whose calls an advisor writes down. One queue, by need and then by age.
"""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx
import pytest
from atproto import Client
from playwright.sync_api import Browser, Page, expect

from rejoinder.plumbing import clock
from tests.browser.desk import press
from tests.house import House, house
from tests.journeys.test_road import _colleague, _notified, _open_the_desk, _tag
from tests.real import network
from tests.real.bluesky.conftest import indexed, person
from tests.real.email.server import PASSWORD, US, Servers, servers
from tests.real.mastodon.servers import Fediverse, Person, fediverse
from tests.real.mastodon.test_way import notified
from tests.real.wordpress.server import WordPress, wordpress

pytestmark = pytest.mark.real

ASKED = "No signal since nine, is it down?"
URGENT = f"{ASKED} I am alone and cannot call an ambulance for my husband"
PATIENCE = 60.0  # seconds until what somebody said has come, or an answer stands


@dataclass(frozen=True)
class World:
    """The places, and who asks there."""

    fediverse: Fediverse
    bluesky: network.Bluesky
    blog: WordPress
    post: httpx.Response
    brand: Person
    tom: Person
    handle: network.Somebody
    tina: Client


@pytest.fixture
def mail() -> Iterator[Servers]:
    with servers() as running:
        yield running


@pytest.fixture
def world(bluesky: network.Bluesky) -> Iterator[World]:
    with ExitStack() as stack:
        both = stack.enter_context(fediverse())
        blog = stack.enter_context(wordpress())
        entry = {"title": "Outage", "content": "Ask below.", "status": "publish"}
        yield World(
            fediverse=both,
            bluesky=bluesky,
            blog=blog,
            post=blog.admin("POST", "/posts", json=entry),
            brand=both.brand.sign_up("brand"),
            tom=both.customer.sign_up("tom"),
            handle=bluesky.sign_up("northwind-six"),
            tina=stack.enter_context(person(bluesky, "tina-six")),
        )


@pytest.fixture
def desk(world: World, tmp_path: Path) -> Iterator[House]:
    names = f"localhost,127.0.0.1,{world.brand.server},{world.tom.server}"
    hosts = world.fediverse.brand.folder.parent / "hosts"
    with house(tmp_path, hosts=hosts, allow_private=names) as opened:
        yield opened


def test_six_people_are_answered_where_they_asked(
    world: World, mail: Servers, desk: House, chromium: Browser
) -> None:
    olga = chromium.new_page(locale="en-GB")
    _open_the_desk(olga, desk.links[0])
    _connect_all(olga, desk, world, mail)
    alice = _colleague(chromium, olga, "Alice Kay")

    asked = [
        _in_turn(alice, desk, who, lambda ask=ask: ask())  # type: ignore[misc]  # bound on purpose
        for who, ask in {
            "tom": lambda: world.tom.says(f"@{world.brand.handle} {ASKED}"),
            "tina": lambda: _tag(world.tina, world.handle, f" {ASKED}"),
            "Ben": lambda: world.blog.says("Ben", ASKED, post=world.post.json()["id"]),
            "Mia": lambda: mail.delivers(_letter("Mia", ASKED)),
        }.items()
    ]
    page, reference = _by_form(chromium, desk, "Paul")
    asked.append(_in_turn(alice, desk, "Paul", lambda: None))
    _by_phone(alice, desk, "Granny Smith")
    asked.insert(0, _in_turn(alice, desk, "Granny Smith", lambda: None))
    assert _queue(alice, desk) == asked

    for who in asked:
        _answer(alice, desk, who, f"It is back at noon, {who}.")

    _until(lambda: any("back at noon, tom" in str(told["content"]) for told in notified(world.tom)))
    _until(lambda: _notified(world.tina, "back at noon, tina"))
    _until(lambda: _below(world, "back at noon, Ben"))
    _until(lambda: any("back at noon, Mia" in str(sent) for sent in mail.keeper.sent))
    _until(lambda: _followed(page, desk, reference, "back at noon, Paul"))
    alice.goto(desk.url)
    expect(alice.locator(".row")).to_have_count(0)


def _connect_all(olga: Page, desk: House, world: World, mail: Servers) -> None:
    _connect(
        olga,
        desk,
        "mastodon",
        {"server": world.fediverse.brand.url, "token": world.brand.token},
    )
    words = {"handle": world.handle.handle, "password": world.handle.password}
    indexed(lambda: _connect(olga, desk, "bluesky", words | {"service": world.bluesky.pds}))
    site = {"url": world.blog.url, "user": "desk", "password": world.blog.desk}
    _connect(olga, desk, "wordpress", site)
    _connect(olga, desk, "email", mail.settings() | {"address": US, "password": PASSWORD})
    _connect(olga, desk, "webform", {})
    line = {"number": "01632 960000", "hours": "mon-sun 00:05-11:00 11:00-23:55", "calls": "6"}
    _connect(olga, desk, "phone", line)


def _connect(olga: Page, desk: House, channel: str, filled: dict[str, str]) -> None:
    olga.goto(urljoin(desk.url, f"/channels/connect/{channel}"))
    for name, value in filled.items():
        olga.locator(f"main [name={name}]").fill(value)
    olga.get_by_role("button", name="Connect").click()
    expect(olga.get_by_role("heading", name="Channels")).to_be_visible(timeout=20_000)


def _in_turn(alice: Page, desk: House, who: str, ask: Callable[[], Any]) -> str:
    """They ask, and stand in the queue before the next one does; how the queue calls them."""
    ask()
    _until(lambda: who in _queue(alice, desk))
    time.sleep(1.1)  # some platforms tell the time in whole seconds
    return who


def _queue(alice: Page, desk: House) -> list[str]:
    """Who waits, in order, by the first word that names them."""
    alice.goto(desk.url)
    names = ("tom", "tina", "Ben", "Mia", "Paul", "Granny Smith")
    rows = alice.locator(".row").all_inner_texts()
    return [next((name for name in names if name in row), row) for row in rows]


def _letter(who: str, text: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = f"{who} <{who.lower()}@example.com>"
    message["To"] = US
    message["Message-ID"] = f"<{who.lower()}.1@example.com>"
    message["Date"] = format_datetime(clock.now())
    message["Subject"] = "No signal"
    message.set_content(text)
    return message


def _by_form(chromium: Browser, desk: House, who: str) -> tuple[Page, str]:
    page = chromium.new_context(locale="en-GB").new_page()
    page.goto(urljoin(desk.url, "/contact"))
    page.get_by_label("Your words").fill(ASKED)
    page.get_by_label("Your name").fill(who)
    page.wait_for_timeout(3100)  # faster than people write is asked to wait
    page.get_by_role("button", name="Send").click()
    reference = page.locator(".reference").inner_text()
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", reference)
    return page, reference


def _by_phone(alice: Page, desk: House, who: str) -> None:
    alice.goto(desk.url)
    press(alice, "l")
    expect(alice.get_by_label("What they ask")).to_be_focused()
    alice.keyboard.type(URGENT)
    alice.get_by_label("Who it is").fill(who)
    press(alice, "Control+Enter")
    expect(alice.locator("h1")).to_have_text(re.compile("[0-9A-Z]{4}-"))


def _answer(alice: Page, desk: House, who: str, reply: str) -> None:
    alice.goto(desk.url)
    alice.locator(".row", has_text=who).click()
    alice.wait_for_url("**/c/**")
    press(alice, "t")
    expect(alice.get_by_text("you took it")).to_be_visible()
    press(alice, "r")
    alice.keyboard.type(reply)
    press(alice, "Control+Enter")
    expect(alice.get_by_text("leaves in").first).to_be_visible()


def _below(world: World, words: str) -> bool:
    post = world.post.json()["id"]
    found = httpx.get(f"{world.blog.url}/wp-json/wp/v2/comments?post={post}", timeout=60).json()
    return any(words in row["content"]["rendered"] for row in found)


def _followed(page: Page, desk: House, reference: str, words: str) -> bool:
    page.goto(urljoin(desk.url, f"/contact/{reference}"))
    return words in page.locator("main").inner_text()


def _until(holds: Callable[[], Any]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.3)
