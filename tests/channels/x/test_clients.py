"""The simulated X, asked by other people's clients: tweepy, and X's own xdk."""

import base64
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import requests
import tweepy
import xdk
from xdk.oauth1_auth import OAuth1

from tests import films
from tests.simulators.client import Simulator, running


class _Loopback(requests.adapters.HTTPAdapter):
    """Takes what is meant for X to the simulator, as a proxy in front of it would."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url

    def send(self, request: Any, *given: Any, **more: Any) -> Any:
        request.headers.update({"Host": "api.twitter.com", "X-Forwarded-Proto": "https"})
        request.url = request.url.replace("https://api.twitter.com", self._url)
        return super().send(request, *given, **more)


@pytest.fixture(scope="module")
def x() -> Iterator[Simulator]:
    with running("x") as found:
        found.control("change", times=100)
        yield found


@pytest.fixture(scope="module")
def brand(x: Simulator) -> dict[str, Any]:
    found: dict[str, Any] = x.control("people", username="brand")
    return found


@pytest.fixture
def old(x: Simulator, brand: dict[str, Any]) -> Iterator[tweepy.Client]:
    """Tweepy: its calls as a user are signed by OAuth 1.0a, and the signatures are checked."""
    client = tweepy.Client(
        bearer_token="made-up-bearer",
        consumer_key="made-up-consumer",
        consumer_secret="made-up-consumer-secret",
        access_token=brand["token"],
        access_token_secret=brand["token_secret"],
    )
    client.session.mount("https://", _Loopback(x.url))
    yield client
    client.session.close()


@pytest.fixture
def new(x: Simulator, brand: dict[str, Any]) -> Iterator[xdk.Client]:
    """X's own, with a token of OAuth 2.0."""
    client = xdk.Client(base_url=x.url, access_token=brand["access_token"])
    yield client
    client.session.close()


def test_tweepy_hears_mentions_and_answers_one(old: tweepy.Client, x: Simulator) -> None:
    assert old.get_me().data.username == "brand"
    asked = x.control("say", who="tom", text="@brand is it down?")["id"]
    me = old.get_me().data.id
    heard = old.get_users_mentions(
        me,
        tweet_fields=["author_id", "conversation_id", "created_at"],
        expansions=["author_id"],
        user_auth=True,
    )
    assert heard.data[0].id == int(asked)
    assert heard.data[0].conversation_id == int(asked)
    assert heard.includes["users"][0].username == "tom"
    sent = old.create_tweet(text="Back at noon & later.", in_reply_to_tweet_id=asked)
    own = old.get_users_tweets(me, user_auth=True, tweet_fields=["referenced_tweets"])
    assert str(own.data[0].id) == sent.data["id"]
    assert own.data[0].text == "@tom Back at noon &amp; later."
    assert own.data[0].referenced_tweets[0].id == int(asked)
    assert old.delete_tweet(sent.data["id"]).data["deleted"]


def test_tweepy_is_refused_what_nobody_called_for(old: tweepy.Client, x: Simulator) -> None:
    asked = x.control("say", who="tina", text="brand is down again")["id"]
    with pytest.raises(tweepy.Forbidden, match="have not been mentioned"):
        old.create_tweet(text="Sorry.", in_reply_to_tweet_id=asked)
    x.control("change", tier="enterprise")
    old.create_tweet(text="Sorry.", in_reply_to_tweet_id=asked)
    with pytest.raises(tweepy.Forbidden, match="duplicate content"):
        old.create_tweet(text="Sorry.", in_reply_to_tweet_id=asked)
    x.control("change", tier="self-serve")
    ours = old.create_tweet(text="We look into it.").data["id"]
    quoting = x.control("say", who="tina", text="really?", quotes=ours)["id"]
    assert old.create_tweet(text="Really.", in_reply_to_tweet_id=quoting).data["id"]


def test_tweepy_reads_pages_and_is_held_by_a_limit(old: tweepy.Client, x: Simulator) -> None:
    said = [x.control("say", who="tom", text=f"nwind number {n}")["id"] for n in range(25)]
    pages = tweepy.Paginator(old.search_recent_tweets, "nwind -from:brand", max_results=10)
    found = [str(tweet.id) for tweet in pages.flatten()]
    assert found == said[::-1]
    x.control("change", times=0)
    with pytest.raises(tweepy.TooManyRequests) as caught:
        old.search_recent_tweets("nwind")
    assert caught.value.response.headers["x-rate-limit-remaining"] == "0"
    x.control("change", times=100)


def test_tweepy_is_told_what_is_gone(old: tweepy.Client, x: Simulator) -> None:
    kept, gone = (x.control("say", who="tom", text=f"thing {n}")["id"] for n in range(2))
    x.control("delete", id=gone)
    answer = old.get_tweets([kept, gone])
    assert [tweet.id for tweet in answer.data] == [int(kept)]
    assert answer.errors[0]["resource_id"] == gone


def test_a_wrong_signature_lets_nobody_in(old: tweepy.Client, x: Simulator) -> None:
    old.access_token_secret = "another"
    with pytest.raises(tweepy.Unauthorized):
        old.get_me()
    old.access_token_secret = "wrong clock"
    x.control("change", skew=3600)
    with pytest.raises(tweepy.Unauthorized, match="Timestamp out of bounds"):
        old.get_me()
    x.control("change", skew=0)


def test_tweepy_follows_the_stream(x: Simulator) -> None:
    heard: list[str] = []
    connected, done = threading.Event(), threading.Event()

    class Stream(tweepy.StreamingClient):  # type: ignore[misc]  # tweepy ships no types
        def on_connect(self) -> None:
            connected.set()

        def on_tweet(self, tweet: Any) -> None:
            heard.append(tweet.text)
            done.set()
            self.disconnect()

    stream = Stream("made-up-bearer")
    stream.session.mount("https://", _Loopback(x.url))
    stream.add_rules(tweepy.StreamRule("seaside OR (harbour -storm)", tag="places"))
    assert [rule.tag for rule in stream.get_rules().data] == ["places"]
    thread = stream.filter(threaded=True)
    assert connected.wait(10)
    for text in ("nothing of it", "a storm in the harbour", "the harbour is calm"):
        x.control("say", who="tom", text=text)
    assert done.wait(10)
    thread.join(10)
    stream.session.close()
    assert heard == ["the harbour is calm"]


def test_xdk_hears_answers_and_writes_messages(
    new: xdk.Client, x: Simulator, brand: dict[str, Any]
) -> None:
    assert new.users.get_me().data.username == "brand"
    asked = x.control("say", who="tom", text="@brand and mine?")["id"]
    page = next(iter(new.users.get_mentions(brand["id"], max_results=5)))
    assert page.data[0].id == asked
    body = {"text": "Yours too.", "reply": {"in_reply_to_tweet_id": asked}}
    sent = new.posts.create(body=body)
    assert x.answers("brand", asked)[0]["id"] == sent.data.id
    tom = x.control("people", username="tom")["id"]
    new.direct_messages.create_by_participant_id(tom, body={"text": "For you alone."})
    events = next(iter(new.direct_messages.get_events(dm_event_fields=["text", "sender_id"])))
    assert events.data[0].text == "For you alone."


def test_xdk_signs_by_the_older_way_too(x: Simulator, brand: dict[str, Any]) -> None:
    keys = OAuth1(
        "made-up-consumer",
        "made-up-consumer-secret",
        "http://127.0.0.1/back",
        brand["token"],
        brand["token_secret"],
    )
    client = xdk.Client(base_url=x.url, auth=keys)
    assert client.users.get_me().data.username == "brand"
    client.session.close()


def test_xdk_asks_what_became_of_posts(x: Simulator) -> None:
    client = xdk.Client(base_url=x.url, bearer_token="made-up-bearer")
    kept, gone = (x.control("say", who="tom", text=f"kept {n}")["id"] for n in range(2))
    x.control("delete", id=gone)
    job = client.compliance.create_jobs(body={"type": "tweets"}).data
    client.session.put(job.upload_url, data=f"{kept}\n{gone}\n".encode())
    job = client.compliance.get_jobs_by_id(job.id).data
    assert job.status == "complete"
    lines = client.session.get(job.download_url).text.splitlines()
    client.session.close()
    assert len(lines) == 1
    assert gone in lines[0]


def test_xdk_brings_a_picture_with_its_words(
    new: xdk.Client, brand: dict[str, Any], x: Simulator
) -> None:
    asked = x.control("say", who="tina", text="@brand where is it down?")["id"]
    data = base64.b64encode(b"\xff\xd8\xff\xe0 a picture").decode()
    brought = new.media.upload({"media": data, "media_category": "tweet_image"})
    number = brought.data.id
    said = {"id": number, "metadata": {"alt_text": {"text": "A map of Leeds"}}}
    assert new.media.create_metadata(said).data.id == number
    post = {"text": "Here.", "reply": {"in_reply_to_tweet_id": asked}}
    new.posts.create(post | {"media": {"media_ids": [number]}})
    [kept] = x.answers("brand", asked)
    assert (kept["text"], kept["pictures"]) == ("Here.", ["A map of Leeds"])


def test_xdk_brings_a_film_in_pieces_and_asks_until_it_is_ready(
    new: xdk.Client, brand: dict[str, Any], x: Simulator
) -> None:
    asked = x.control("say", who="tina", text="@brand how do I restart it?")["id"]
    x.control("busy", times=1)
    data = films.film()
    begun = {"media_type": "video/mp4", "total_bytes": len(data), "media_category": "tweet_video"}
    number = new.media.initialize_upload(begun).data.id
    for index, start in enumerate(range(0, len(data), 20_000)):
        piece = base64.b64encode(data[start : start + 20_000]).decode()
        new.media.append_upload(number, {"media": piece, "segment_index": index})
    assert new.media.finalize_upload(number).data.processing_info.state == "pending"
    states = [
        new.media.get_upload_status(media_id=number, command="STATUS").data.processing_info.state
        for _ in range(2)
    ]
    assert states == ["in_progress", "succeeded"]
    x.control("busy", times=0)
    said = {"id": number, "metadata": {"alt_text": {"text": "A hand holds both buttons"}}}
    assert new.media.create_metadata(said).data.id == number
    post = {"text": "So.", "reply": {"in_reply_to_tweet_id": asked}}
    new.posts.create(post | {"media": {"media_ids": [number]}})
    [kept] = x.answers("brand", asked)
    assert (kept["text"], kept["films"]) == ("So.", ["A hand holds both buttons"])
