"""The simulated Mastodon is one: another people's client, Mastodon.py, lives on it."""

from collections.abc import Iterator
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from mastodon import (
    Mastodon,
    MastodonAPIError,
    MastodonNotFoundError,
    MastodonRatelimitError,
    StreamListener,
)

from tests import films
from tests.apart import until
from tests.simulators.client import Simulator, running
from tests.simulators.mastodon.doors import PASSWORD

pytestmark = pytest.mark.real

BACK = "http://localhost/back"
SCOPES = ["read", "write"]


@pytest.fixture(scope="module")
def server() -> Iterator[Simulator]:
    with running("mastodon") as found:
        yield found


def client(server: Simulator, name: str) -> Any:
    token = server.control("person", acct=name)["token"]
    return Mastodon(access_token=token, api_base_url=server.url, ratelimit_method="throw")


@pytest.fixture
def brand(server: Simulator) -> Any:
    return client(server, "brand")


@pytest.fixture
def tom(server: Simulator) -> Any:
    return client(server, "tom")


def test_an_app_is_allowed_by_a_code(server: Simulator) -> None:
    one, secret = Mastodon.create_app(
        "An app", scopes=SCOPES, redirect_uris=BACK, api_base_url=server.url
    )
    app = Mastodon(client_id=one, client_secret=secret, api_base_url=server.url)
    page = app.auth_request_url(redirect_uris=BACK, scopes=SCOPES, state="made-up", allow_http=True)
    answer = httpx.post(page, data={"username": "tina", "password": PASSWORD})
    came = parse_qs(urlsplit(answer.headers["location"]).query)
    assert came["state"] == ["made-up"]
    app.log_in(code=came["code"][0], redirect_uri=BACK, scopes=SCOPES, allow_http=True)
    assert app.account_verify_credentials().acct == "tina"


def test_a_question_is_notified_answered_and_stands_in_a_thread(brand: Any, tom: Any) -> None:
    asked = tom.status_post("@brand no signal & <b>no</b> help https://example.com/a")
    assert [each.acct for each in asked.mentions] == ["brand"]
    [told] = brand.notifications(types=["mention"], limit=1)
    assert (told.status.id, told.account.acct) == (asked.id, "tom")
    assert "&lt;b&gt;" in told.status.content
    reply = brand.status_reply(told.status, "On it.", visibility="direct")
    assert (reply.in_reply_to_id, reply.visibility) == (asked.id, "direct")
    context = tom.status_context(asked.id)
    assert [each.id for each in context.descendants] == [reply.id]
    assert brand.status_source(reply.id).text.endswith("On it.")


def test_a_key_posts_once_and_an_edit_stays_in_its_place(brand: Any) -> None:
    one = brand.status_post("Once.", idempotency_key="made-up-key")
    same = brand.status_post("Once.", idempotency_key="made-up-key")
    assert one.id == same.id
    edited = brand.status_update(one.id, status="Twice.")
    assert edited.id == one.id
    assert edited.edited_at is not None
    assert brand.status_pin(one.id).pinned
    brand.status_unpin(one.id)
    brand.status_delete(one.id)
    with pytest.raises(MastodonNotFoundError):
        brand.status(one.id)


def test_what_is_too_long_is_refused_in_mastodon_s_words(brand: Any) -> None:
    brand.status_post("x" * 470 + " https://example.com/" + "y" * 200)
    with pytest.raises(MastodonAPIError, match="character limit of 500 exceeded"):
        brand.status_post("x" * 501)


def test_pages_follow_each_other(brand: Any, tom: Any) -> None:
    said = [tom.status_post(f"number {n} #counting").id for n in range(30)]
    first = brand.timeline_hashtag("counting", limit=20)
    second = brand.fetch_next(first)
    assert [each.id for each in [*first, *second]] == said[::-1]
    assert [each.id for each in brand.timeline_hashtag("counting", min_id=said[-3])] == said[:-3:-1]


def test_the_limit_is_told_and_kept(server: Simulator, brand: Any) -> None:
    server.control("limit", posts=0)
    try:
        with pytest.raises(MastodonRatelimitError):
            brand.status_post("Too many.")
    finally:
        server.control("limit", posts=300)
    brand.status_post("One more.")
    assert 0 < brand.ratelimit_remaining < brand.ratelimit_limit == 300


def opened(stream: Any) -> Any:
    """A stream that receives: its client connects in a thread of its own, when that has a turn."""
    until(lambda: stream.connection is not None, "the stream is open")
    return stream


def test_a_mention_is_streamed(brand: Any, tom: Any) -> None:
    class Hears(StreamListener):
        def __init__(self) -> None:
            self.told: list[Any] = []
            self.came = Event()

        def on_notification(self, notification: Any) -> None:
            self.told.append(notification)
            self.came.set()

    assert brand.stream_healthy()
    hears = Hears()
    stream = opened(brand.stream_user(hears, run_async=True, timeout=30))
    asking = Thread(target=lambda: tom.status_post("@brand are you there"))
    asking.start()
    try:
        assert hears.came.wait(10)
        assert hears.told[0].status.content == (
            '<p><span class="h-card" translate="no"><a href="https://social.example/@brand" '
            'class="u-url mention">@<span>brand</span></a></span> are you there</p>'
        )
    finally:
        stream.close()
        asking.join()


def test_a_hashtag_is_streamed(brand: Any, tom: Any) -> None:
    class Hears(StreamListener):
        def __init__(self) -> None:
            self.told: list[Any] = []
            self.came = Event()

        def on_update(self, status: Any) -> None:
            self.told.append(status)
            self.came.set()

    hears = Hears()
    stream = opened(brand.stream_hashtag("northwind", hears, run_async=True, timeout=30))
    try:
        tom.status_post("Nothing to hear here.")
        tom.status_post("Is it down? #Northwind")
        assert hears.came.wait(10)
        assert [status.account.acct for status in hears.told] == [tom.me().acct]
    finally:
        stream.close()


def test_a_film_is_waited_for_and_posted_with_its_words(server: Simulator, brand: Any) -> None:
    server.control("busy", times=2)
    begun = brand.media_post(films.film(), "video/mp4", description="A hand holds both buttons")
    assert begun.url is None
    soon = httpx.post(
        f"{server.url}/api/v1/statuses",
        json={"status": "Too soon.", "media_ids": [begun.id]},
        headers={"Authorization": f"Bearer {brand.access_token}"},
    )
    assert (soon.status_code, "not finished processing" in soon.text) == (422, True)
    assert brand.media(begun).url is None
    assert brand.media(begun).url is None
    ready = brand.media(begun)
    assert ready.url
    said = brand.status_post("So.", media_ids=[ready])
    [shown] = said.media_attachments
    assert (shown.type, shown.description) == ("video", "A hand holds both buttons")
    server.control("busy", times=0)
    whole = brand.media_post(films.film(1), "video/mp4", description="Again", synchronous=True)
    assert whole.url
