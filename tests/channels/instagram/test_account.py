"""One account on the simulated Instagram: letting the desk in, its windows, refusals and limits."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from rejoinder.channels.contract import (
    PRIVATE,
    Connection,
    Outgoing,
    Post,
    Receipt,
    Refused,
    Sent,
    Standing,
    TroubleError,
    TryLater,
    Uncertain,
)
from rejoinder.channels.graph import session
from rejoinder.channels.instagram import changing, channel, sending
from rejoinder.channels.instagram.letting import SCOPES
from rejoinder.plumbing import clock
from rejoinder.plumbing.answer import Answer
from rejoinder.plumbing.http import Network
from tests.channels.instagram.stage import InstagramStage, Running
from tests.simulators.client import Simulator, running
from tests.simulators.graph.world import APP, SECRET

BACK = "https://desk.example.com/channels/instagram/back"
DAY = 86_400


@pytest.fixture(scope="module")
def there() -> Iterator[Simulator]:
    with running("instagram") as found:
        yield found


@pytest.fixture
def network() -> Iterator[Network]:
    found = Network({"127.0.0.1"})
    yield found
    found.close()


@pytest.fixture
def stage(there: Simulator) -> Iterator[InstagramStage]:
    found = Running(there)
    yield found.stage()
    found.network.close()


def _let_in(there: Simulator, who: str, network: Network, **settings: str) -> Connection:
    """As somebody comes back from Facebook's page. Raises TroubleError."""
    service = {"app_id": APP, "service": f"{there.url}/v26.0", **settings}
    given = Connection(settings=service, secrets={"app_secret": SECRET})
    begun = channel.begin_authorization(given, network, back=BACK, state="made-up-state")
    assert begun is not None
    answer = httpx.get(f"{begun.url}&user={who}")
    query = dict(parse_qsl(urlsplit(answer.headers["location"]).query))
    assert query["state"] == "made-up-state"
    got = channel.finish_authorization(given, network, back=BACK, kept=begun.kept, query=query)
    return Connection(settings=service, secrets={**given.secrets, **got})


def test_it_is_let_in_on_facebook_s_own_page(there: Simulator, network: Network) -> None:
    known = there.control("account", name="harbour", of="olga")
    instagram = channel(_let_in(there, "olga", network), network)
    us = instagram.identify()
    assert (us.external_id, us.handle) == (known["id"], "harbour")
    assert us.url == "https://www.instagram.com/harbour/"
    assert there.control("change", name="harbour")["hooks"] == "feed"
    end = instagram.credentials_end()
    assert end is not None
    assert timedelta(days=89) < end - clock.now() < timedelta(days=91)
    assert [finding.ok for finding in instagram.check()] == [True, True]


def test_of_several_accounts_one_is_chosen(there: Simulator, network: Network) -> None:
    for name in ("north", "south"):
        there.control("account", name=name, of="peter")
    with pytest.raises(TroubleError, match="which account is meant: north, south") as caught:
        _let_in(there, "peter", network)
    assert caught.value.permanent
    opened = _let_in(there, "peter", network, account="@south", messages="yes")
    assert channel(opened, network).identify().handle == "south"
    assert there.control("change", name="south")["hooks"] == "feed,messages"


def test_who_has_no_account_there_is_told_how_to_get_one(
    there: Simulator, network: Network
) -> None:
    with pytest.raises(TroubleError, match="professional one, link it to a Page"):
        _let_in(there, "nobody", network)


def test_a_code_is_taken_once_and_no_secret_is_said(there: Simulator, network: Network) -> None:
    settings = {"app_id": APP, "service": f"{there.url}/v26.0"}
    given = Connection(settings=settings, secrets={"app_secret": SECRET})
    with pytest.raises(TroubleError, match="Instagram did not let us in") as caught:
        channel.finish_authorization(given, network, back=BACK, kept={}, query={"code": "used"})
    assert caught.value.permanent
    assert SECRET not in caught.value.words


def _outgoing(post: Post, *, private: bool = True, text: str = "Hello.") -> Outgoing:
    return Outgoing(
        text=text,
        to=post.external_id,
        root=post.root or "",
        ref=post.ref,
        private=private,
        created_at=clock.now(),
    )


def _send(stage: InstagramStage, post: Post, *, private: bool = True) -> Sent:
    return stage.channel.send(_outgoing(post, private=private), "1")


def test_a_comment_has_one_private_reply(stage: InstagramStage) -> None:
    post = stage.is_asked()
    assert isinstance(_send(stage, post), Receipt)
    again = _send(stage, post)
    assert isinstance(again, Refused)
    assert "one private reply" in again.words
    assert isinstance(_send(stage, post, private=False), Receipt)


def test_after_seven_days_a_private_reply_is_not_tried(stage: InstagramStage) -> None:
    post = stage.is_asked()
    with clock.standing(datetime.now(UTC) + timedelta(days=7, minutes=1)):
        sent = _send(stage, post)
    assert sent == Refused(sending.LATE_COMMENT)
    assert stage.ours(post.external_id) == []


def test_instagram_s_own_clock_has_the_last_word(stage: InstagramStage) -> None:
    post = stage.is_asked()
    stage.there.control("age", id=post.external_id, seconds=8 * DAY)
    sent = _send(stage, post)
    assert isinstance(sent, Refused)
    assert "no private reply" in sent.words


def test_a_message_is_answered_for_a_day(stage: InstagramStage) -> None:
    stage.is_asked()
    [post] = stage.hears(stage.whispers("tom", "is it down?"))
    assert isinstance(_send(stage, post), Receipt)
    stage.there.control("age", name=stage.brand, seconds=DAY + 60)
    sent = _send(stage, post)
    assert isinstance(sent, Refused)
    assert sent.words.startswith(sending.LATE_MESSAGE)


def test_an_account_without_messages_hears_and_sends_none(stage: InstagramStage) -> None:
    settings = {**stage.channel.connection.settings, "messages": ""}
    known = stage.channel.connection
    quiet = channel(
        Connection(
            settings=settings,
            secrets=known.secrets,
            external_id=known.external_id,
            handle=known.handle,
        ),
        stage.line,
    )
    post = stage.is_asked()
    cursor = quiet.listen({}).cursor
    stage.whispers("tom", "is it down?")
    assert quiet.listen(cursor).posts == []
    assert quiet.send(_outgoing(post), "1") == Refused(sending.NO_MESSAGES)


def test_a_message_counts_in_bytes(stage: InstagramStage) -> None:
    stage.opens()
    [post] = stage.hears(stage.whispers("tom", "is it down?"))
    for text, fits in (("é" * 500, True), ("é" * 501, False)):
        assert channel.count_for(text, {}, ref=post.ref).ok is fits
        sent = stage.channel.send(_outgoing(post, text=text), "1")
        assert isinstance(sent, Receipt if fits else Refused)


def test_a_hidden_comment_takes_no_reply(stage: InstagramStage) -> None:
    post = stage.is_asked()
    stage.there.control("set", id=post.external_id, hidden=True)
    sent = _send(stage, post, private=False)
    assert isinstance(sent, Refused)
    assert "Hidden comments" in sent.words


def test_a_comment_that_is_gone_is_said_to_be(stage: InstagramStage) -> None:
    post = stage.is_asked()
    stage.deletes(post.external_id)
    sent = _send(stage, post, private=False)
    assert isinstance(sent, Refused)
    assert "gone" in sent.words


def test_a_picture_that_only_tags_us_takes_no_comment(stage: InstagramStage) -> None:
    stage.opens()
    given = {"who": "tom", "to": stage.brand, "text": "a day out"}
    [post] = stage.hears(stage.there.control("tag", **given)["id"])
    assert _send(stage, post, private=False) == Refused(sending.TAGGED)
    assert _send(stage, post) == Refused(sending.ELSEWHERE)


def test_a_caption_that_names_us_is_answered_below_it(stage: InstagramStage) -> None:
    stage.opens()
    given = {"who": "tom", "to": stage.brand, "text": f"no signal, @{stage.brand}!"}
    [post] = stage.hears(stage.there.control("tag", **given)["id"])
    sent = _send(stage, post, private=False)
    assert isinstance(sent, Receipt)
    [kept] = stage.ours(post.external_id)
    assert kept.id == sent.external_id
    outgoing = _outgoing(post, private=False)
    standing = Standing(external_id=sent.external_id, ref=sent.ref, reply=outgoing)
    assert stage.channel.delete(standing) == Refused(changing.ELSEWHERE)
    with pytest.raises(TroubleError, match="Look there"):
        stage.channel.find_sent(outgoing, "1")


def test_a_comment_on_a_live_video_is_answered_in_private(stage: InstagramStage) -> None:
    post = stage.is_asked()
    live = Post(external_id=post.external_id, root=post.root, ref={**post.ref, "live": True})
    assert _send(stage, live, private=False) == Refused(sending.LIVE)
    assert isinstance(_send(stage, live), Receipt)


def test_a_message_is_not_taken_back(stage: InstagramStage) -> None:
    post = stage.is_asked()
    sent = _send(stage, post)
    assert isinstance(sent, Receipt)
    standing = Standing(external_id=sent.external_id, ref=sent.ref, reply=_outgoing(post))
    assert stage.channel.delete(standing) == Refused(changing.MESSAGE)


def test_an_account_that_was_asked_too_often_waits_as_told(stage: InstagramStage) -> None:
    post = stage.is_asked()
    stage.there.control("change", name=stage.brand, cap=1)
    sent = _send(stage, post, private=False)
    stage.there.control("change", name=stage.brand, cap=1_000_000)
    assert isinstance(sent, TryLater)
    assert sent.limited
    assert 6 * 60 < sent.after <= 7 * 60
    [told] = sent.observed
    assert (told.name, told.share_used) == ("instagram", 1.0)
    assert told.name in {limit.name for limit in channel.limits()}
    assert isinstance(_send(stage, post, private=False), Receipt)


def test_a_missing_permission_is_found_with_what_to_do(stage: InstagramStage) -> None:
    post = stage.is_asked()
    stage.there.control("change", name=stage.brand, scopes=SCOPES[0])
    finding = stage.channel.check()[-1]
    assert (finding.ok, finding.serious) == (False, True)
    assert "instagram_manage_comments" in finding.words
    assert "Connect the account again" in finding.remedy
    assert isinstance(_send(stage, post, private=False), TryLater)


def test_a_token_that_ended_asks_to_connect_again(stage: InstagramStage) -> None:
    stage.there.control("end", token=stage.account["token"])
    with pytest.raises(TroubleError, match="Connect the account again") as caught:
        stage.channel.listen({})
    assert caught.value.permanent
    assert stage.account["token"] not in caught.value.words


def _answer(status: int, header: dict[str, Any] | None = None, **fault: Any) -> Answer:
    told = {name: json.dumps(value) for name, value in (header or {}).items()}
    return Answer(status, told, json.dumps({"error": {"message": "No", **fault}}).encode())


@pytest.mark.parametrize(
    ("status", "fault", "outcome"),
    [
        (400, {"code": 80_002}, TryLater),
        (400, {"code": 190}, TryLater),
        (403, {"code": 10}, TryLater),
        (403, {"code": 10, "error_subcode": 2_534_022}, Refused),
        (400, {"code": 10_903}, Refused),
        (400, {"code": 100}, Refused),
        (500, {"code": 1}, Uncertain),
        (400, {"code": 2}, Uncertain),
        (400, {"code": 999, "is_transient": True}, Uncertain),
        (301, {}, TryLater),
    ],
)
def test_codes_mean_what_their_page_says(
    status: int, fault: dict[str, Any], outcome: type[Sent]
) -> None:
    assert isinstance(sending.refusal(_answer(status, **fault)), outcome)


def test_percentages_are_allowances_of_our_limits() -> None:
    entry = {"type": "instagram", "call_count": 12, "total_cputime": 40, "total_time": 25}
    header = {"x-app-usage": {"call_count": 28}, "x-business-use-case-usage": {"1": [entry]}}
    told = session.observed(_answer(200, header))
    assert {each.name: each.share_used for each in told} == {"app": 0.28, "instagram": 0.4}


def test_private_replies_have_an_allowance_of_their_own() -> None:
    [limit] = [one for one in channel.limits() if one.name == "private replies"]
    assert (limit.cap, limit.window, limit.cost, limit.costs) == (750, 3600, 0, {PRIVATE: 1})
