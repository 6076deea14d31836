"""The pretend network fails in every way it is told to, and keeps its own limits."""

import base64
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest

from rejoinder.channels.contract import (
    Connection,
    Outgoing,
    Post,
    Receipt,
    Refused,
    Sent,
    TroubleError,
    TryLater,
    Uncertain,
)
from rejoinder.channels.pretend import channel as kind
from rejoinder.plumbing import clock
from rejoinder.plumbing.http import Network
from tests.channels.pretend.stage import HERE, PretendStage, far_end


def replies(brand: PretendStage, many: int, to: str = "") -> list[Sent]:
    """What comes of so many replies of ours, one after the other."""
    post = to or brand.says("tom", "hello")
    return [reply(brand, post, f"Reply {n}.") for n in range(many)]


def reply(brand: PretendStage, to: str, text: str = "Hello Tom.") -> Sent:
    outgoing = written(to, text)
    return brand.channel.send(outgoing, brand.channel.new_key(outgoing.created_at, 1))


def written(to: str, text: str) -> Outgoing:
    return Outgoing(text=text, to=to, root=to, created_at=clock.now())


def limit(brand: PretendStage, cap: int, **more: Any) -> None:
    window = {"name": "test", "cap": cap, "seconds": 3600}
    brand.orders(limit={"window": window} | more)


@pytest.fixture
def own() -> Iterator[PretendStage]:
    """A network of this test's own, whose limits it may change."""
    with far_end() as running:
        yield running.stage()


# What befalls a send


@pytest.mark.parametrize("do", ["swallow", "garbage", "half"])
def test_what_is_done_without_an_answer_is_read_back(brand: PretendStage, do: str) -> None:
    to = brand.says("tom", "hello")
    brand.orders(fault={"do": do, "on": "send", "times": 1})
    outgoing = written(to, "Did it arrive?")
    assert isinstance(brand.channel.send(outgoing, "key"), Uncertain)
    found = brand.channel.find_sent(outgoing, "key")
    assert found is not None
    assert [kept.id for kept in brand.ours(to)] == [found.external_id]


def test_silence_is_done_too(brand: PretendStage) -> None:
    to = brand.says("tom", "hello")
    brand.orders(fault={"do": "silence", "on": "send", "times": 1, "seconds": 0.2})
    assert isinstance(reply(brand, to), Uncertain)
    assert len(brand.ours(to)) == 1


def test_a_dropped_call_did_nothing_and_nobody_can_tell(brand: PretendStage) -> None:
    to = brand.says("tom", "hello")
    brand.orders(fault={"do": "drop", "on": "send", "times": 2})
    assert [type(sent) for sent in replies(brand, 3, to)] == [Uncertain, Uncertain, Receipt]
    assert len(brand.ours(to)) == 1


@pytest.mark.parametrize(
    ("status", "outcome"), [(500, Uncertain), (503, Uncertain), (403, Refused), (307, TryLater)]
)
def test_a_status_is_what_it_means(brand: PretendStage, status: int, outcome: type) -> None:
    to = brand.says("tom", "hello")
    brand.orders(fault={"do": "status", "status": status, "on": "send", "times": 1})
    assert isinstance(reply(brand, to), outcome)
    assert brand.ours(to) == []


def test_it_asks_to_wait_and_means_it(brand: PretendStage) -> None:
    to = brand.says("tom", "hello")
    fault = {
        "do": "status",
        "status": 429,
        "seconds": 17,
        "on": "send",
        "words": "Wait.",
        "times": 1,
    }
    brand.orders(fault=fault)
    assert reply(brand, to) == TryLater(17, "Wait.", limited=True)


def test_a_delay_only_delays(brand: PretendStage) -> None:
    to = brand.says("tom", "hello")
    brand.orders(fault={"do": "delay", "on": "any", "times": 2, "seconds": 0.05})
    assert isinstance(reply(brand, to), Receipt)
    assert brand.channel.identify().handle == brand.brand


def test_a_reply_to_what_is_gone_is_refused_in_its_words(brand: PretendStage) -> None:
    to = brand.says("tom", "hello")
    brand.deletes(to)
    sent = reply(brand, to)
    assert isinstance(sent, Refused)
    assert sent.words == f"There is no post {to}."


def test_with_keys_the_same_key_is_one_post() -> None:
    with far_end("--keys") as server:
        brand = server.stage()
        to = brand.says("tom", "hello")
        outgoing = written(to, "Once.")
        first = brand.channel.send(outgoing, "one key")
        assert isinstance(first, Receipt)
        again = brand.channel.send(outgoing, "one key")
        assert isinstance(again, Receipt)
        assert again.external_id == first.external_id
        assert len(brand.ours(to)) == 1


# What befalls a listening


def test_duplicates_and_disorder_carry_the_same_news(brand: PretendStage) -> None:
    brand.opens()
    said = [brand.says("tom", f"question {n}") for n in range(8)]
    brand.orders(fault={"do": "duplicate", "on": "listen", "times": 1})
    assert [post.external_id for post in brand.listens()] == said * 2
    more = [brand.says("tom", f"more {n}") for n in range(8)]
    brand.orders(fault={"do": "reorder", "on": "listen", "times": 1})
    assert sorted(post.external_id for post in brand.listens()) == sorted(more)
    assert brand.listens() == []


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"caf\xe9 \xff", "caf� �"),
        (b"nul \\u0000 here", "nul \x00 here"),
        (b"lone \\ud83d face", "lone ? face"),
        (b"<script>alert(1)<\\/script>", "<script>alert(1)</script>"),
    ],
)
def test_a_malformed_post_is_heard_and_hides_no_other(
    brand: PretendStage, raw: bytes, text: str
) -> None:
    brand.opens()
    start = f"@{brand.brand} ".encode()
    bad = brand.orders(say={"by": "tom", "raw": base64.b64encode(start + raw).decode()})["id"]
    good = brand.says("tina", "hello")
    posts = brand.hears(bad, good)
    assert posts[0].text == f"@{brand.brand} {text}"


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+00:00", "9999-12-31", "yesterday", "-5"])
def test_a_time_that_cannot_be_is_heard(brand: PretendStage, at: str) -> None:
    brand.opens()
    said = brand.orders(say={"by": "tom", "text": f"@{brand.brand} hi", "at": at})["id"]
    brand.hears(said)


def test_posts_of_ten_megabytes_do_not_stop_the_others(brand: PretendStage) -> None:
    brand.opens()
    large = {"by": "tom", "text": f"@{brand.brand} {'x' * 89} ", "repeat": 90_000}
    first, second = (brand.orders(say=large)["id"] for _ in range(2))
    after = brand.says("tina", "hello")
    posts = brand.hears(first, second, after)
    assert len(posts[0].text) > 8_000_000


def test_a_post_that_is_too_large_is_named(brand: PretendStage) -> None:
    brand.opens()
    brand.orders(say={"by": "tom", "text": f"@{brand.brand} {'x' * 91}", "repeat": 120_000})
    after = brand.says("tina", "hello")
    brand.hears(after)
    [named] = [post for post in brand.posts_heard if post.external_id != after]
    assert named.external_id.startswith("too-large-")
    assert "larger than the desk takes" in named.text


def test_what_another_client_posts_as_us_is_heard_as_ours(brand: PretendStage) -> None:
    post = brand.is_asked()
    reply(brand, post.external_id, "From the desk.")
    said = brand.orders(say={"by": brand.brand, "text": "From the app."})["id"]
    [ours] = brand.listens()
    assert (ours.external_id, ours.ours) == (said, True)


def test_a_network_that_started_anew_is_heard_from_its_beginning(brand: PretendStage) -> None:
    brand.opens()
    said = brand.says("tom", "first words")
    brand.listens()
    brand.cursor["run"], brand.cursor["after"] = "an earlier one", 10_000
    brand.posts_heard.clear()
    brand.hears(said)


def test_trouble_while_listening_is_in_words(brand: PretendStage) -> None:
    brand.opens()
    for do, words in (("drop", "ended the connection"), ("garbage", "cannot be read")):
        brand.orders(fault={"do": do, "on": "listen", "times": 1})
        with pytest.raises(TroubleError, match=words):
            brand.listens()


# Limits


def test_a_limit_lets_exactly_so_many_in(own: PretendStage) -> None:
    limit(own, 7, only=True)
    outcomes = replies(own, 10)
    assert [type(sent) for sent in outcomes] == [Receipt] * 7 + [TryLater] * 3
    last = outcomes[-1]
    assert isinstance(last, TryLater)
    assert last.limited
    assert 3500 < last.after <= 3601
    assert last.words.startswith("Posting too fast: 7 is the limit.")


def test_a_limit_may_be_of_one_account_alone(own: PretendStage) -> None:
    few = {"name": "few", "cap": 1, "seconds": 60, "account": "somebody"}
    own.orders(limit={"window": few, "only": True})
    assert {type(sent) for sent in replies(own, 4)} == {Receipt}
    assert [sent.observed for sent in replies(own, 1)] == [()]
    own.orders(limit={"window": {"name": "few", "cap": 4, "seconds": 60, "account": own.brand}})
    assert [type(sent) for sent in replies(own, 1)] == [TryLater]


def test_a_refused_text_is_counted_too(own: PretendStage) -> None:
    limit(own, 2, only=True)
    to = own.says("tom", "hello")
    outcomes = [reply(own, to, text) for text in ("x" * 281, "fits", "fits no more")]
    assert [type(sent) for sent in outcomes] == [Refused, Receipt, TryLater]


def test_another_client_spends_of_the_same_limit(own: PretendStage) -> None:
    limit(own, 3, only=True)
    own.orders(say={"by": own.brand, "text": "From the app."})
    assert [type(sent) for sent in replies(own, 3)] == [Receipt, Receipt, TryLater]


def test_a_limit_is_cut_at_its_hour(own: PretendStage) -> None:
    limit(own, 100, only=True)
    limit(own, 1, at=(clock.now() - timedelta(seconds=1)).isoformat())
    assert [type(sent) for sent in replies(own, 2)] == [Receipt, TryLater]
    limit(own, 100, only=True)
    limit(own, 1, at=(clock.now() + timedelta(hours=1)).isoformat())
    assert {type(sent) for sent in replies(own, 5)} == {Receipt}


def test_it_tells_each_limit_by_its_name(own: PretendStage) -> None:
    limit(own, 3, only=True)
    own.orders(limit={"window": {"name": 'a "day"', "cap": 9, "seconds": 86_400}})
    own.orders(say={"by": own.brand, "text": "From the app."})
    [sent] = replies(own, 1)
    told = {each.name: (each.limit, each.remaining, each.window) for each in sent.observed}
    assert told == {"test": (3, 1, 3600), "a day": (9, 7, 86_400)}
    assert all(each.resets_at for each in sent.observed)


def test_it_tells_only_the_nearest_limit_or_nothing_when_told_to(own: PretendStage) -> None:
    limit(own, 3, only=True)
    own.orders(limit={"window": {"name": "day", "cap": 9, "seconds": 86_400}}, tells="nearest")
    [sent] = replies(own, 1)
    [told] = sent.observed
    assert (told.name, told.limit, told.remaining, told.window) == ("", 3, 2, None)
    own.orders(tells="nothing")
    last = replies(own, 3)[-1]
    assert isinstance(last, TryLater)
    assert last.limited
    assert last.observed == ()


def test_it_says_what_it_counted(own: PretendStage) -> None:
    limit(own, 2, only=True)
    replies(own, 3)
    counts = own.counts()
    assert (counts["accepted"], counts["limited"]) == (2, 1)


def test_a_bad_order_is_refused(brand: PretendStage) -> None:
    control = f"{brand.url}/control"
    assert brand.line.call("POST", control, json={"fault": {"do": "explode"}}).status == 400
    assert brand.line.call("POST", control).status == 415


# The page and the people


def test_people_talk_by_themselves_when_it_is_lively() -> None:
    with far_end("--lively", "--seed", "1", "--brand", "Northwind Mobile") as running:
        channel = kind(Connection(settings={"url": running.url}, secrets={}), running.http)
        us = channel.identify().handle
        channel = kind(
            Connection(settings={"url": running.url}, secrets={}, external_id=us), running.http
        )
        cursor, deadline = channel.listen({}).cursor, time.monotonic() + 30
        posts: list[Post] = []
        while len(posts) < 4 and time.monotonic() < deadline:
            heard = channel.listen(cursor)
            cursor, posts = heard.cursor, [*posts, *heard.posts]
            time.sleep(0.05)
    assert {post.tagged for post in posts} == {True, False}
    assert all(post.url.startswith(running.url) for post in posts)


def test_a_person_reads_and_posts_on_its_page(brand: PretendStage) -> None:
    said = brand.says("tom", "<b>bold</b> & brave")
    page = brand.line.call("GET", f"{brand.url}/")
    assert "&lt;b&gt;bold&lt;/b&gt; &amp; brave" in page.body.decode()
    assert page.header["content-security-policy"].startswith("default-src 'self'")
    reply(brand, said, "Our answer.")
    assert "Our answer." in brand.line.call("GET", f"{brand.url}/timeline").body.decode()
    assert "Our answer." in brand.line.call("GET", f"{brand.url}/posts/{said}").body.decode()
    assert brand.line.call("GET", f"{brand.url}/posts/none").status == 404
    for part in ("style.css", "live.js"):
        assert brand.line.call("GET", f"{brand.url}/static/{part}").status == 200


def test_who_listens_is_told_of_the_limits_too(own: PretendStage) -> None:
    limit(own, 9, only=True)
    own.orders(say={"by": own.brand, "text": "From the app."})
    heard = own.channel.listen(own.channel.listen({}).cursor)
    [told] = heard.observed
    assert (told.name, told.limit, told.remaining) == ("test", 9, 8)
    own.orders(tells="nearest")
    assert own.channel.listen(heard.cursor).observed == ()


def test_what_is_published_heads_the_page_with_its_link(brand: PretendStage) -> None:
    _, _, sent = brand.publishes("Leeds has no signal.")
    assert isinstance(sent, Receipt)
    brand.says("tom", "something newer")
    with closing(Network({HERE})) as http:
        page = http.call("GET", f"{brand.url}/").body.decode()
    first = page[page.index("<li") :].partition("</li>")[0]
    assert "Leeds has no signal." in first
    assert "pinned" in first
    assert '<a href="https://desk.example.com/answers/outage">' in first


def test_publishing_spends_of_the_same_limit(brand: PretendStage) -> None:
    window = {"name": "hour", "cap": 1, "seconds": 3600, "alignment": "sliding"}
    brand.orders(limit={"window": window})
    _, _, first = brand.publishes("Leeds has no signal.")
    _, _, second = brand.publishes("Leeds is back.", 2)
    brand.orders(limit={"window": window | {"cap": 10_000}})
    assert isinstance(first, Receipt)
    assert isinstance(second, TryLater)
    assert second.limited
