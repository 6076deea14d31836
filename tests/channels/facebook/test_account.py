"""One Page on the simulated Facebook: letting the desk in, its windows, refusals and limits."""

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
    TroubleError,
    TryLater,
    Uncertain,
)
from rejoinder.channels.facebook import channel, sending
from rejoinder.channels.facebook.letting import SCOPES
from rejoinder.channels.graph import session
from rejoinder.plumbing import clock
from rejoinder.plumbing.answer import Answer
from rejoinder.plumbing.http import Network
from tests.channels.facebook.stage import FacebookStage, Running
from tests.simulators.client import Simulator, running
from tests.simulators.graph.world import APP, SECRET

BACK = "https://desk.example.com/channels/facebook/back"
DAY = 86_400


@pytest.fixture(scope="module")
def there() -> Iterator[Simulator]:
    with running("facebook") as found:
        yield found


@pytest.fixture
def stage(there: Simulator) -> Iterator[FacebookStage]:
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


def test_it_is_let_in_on_facebook_s_own_page(there: Simulator) -> None:
    there.control("page", name="harbour", of="olga")
    network = Network({"127.0.0.1"})
    facebook = channel(_let_in(there, "olga", network), network)
    assert facebook.identify().name == "Harbour"
    assert there.control("change", name="harbour")["hooks"] == "feed,mention"
    end = facebook.credentials_end()
    assert end is not None
    assert timedelta(days=89) < end - clock.now() < timedelta(days=91)
    assert [finding.ok for finding in facebook.check()][-1]
    network.close()


def test_of_several_pages_one_is_chosen(there: Simulator) -> None:
    for name in ("north", "south"):
        there.control("page", name=name, of="peter")
    network = Network({"127.0.0.1"})
    with pytest.raises(TroubleError, match="which Page is meant: North") as caught:
        _let_in(there, "peter", network)
    assert caught.value.permanent
    opened = _let_in(there, "peter", network, page="South", messages="yes")
    assert channel(opened, network).identify().name == "South"
    assert there.control("change", name="south")["hooks"] == "feed,mention,messages"
    network.close()


def test_who_looks_after_no_page_is_told_so(there: Simulator) -> None:
    network = Network({"127.0.0.1"})
    with pytest.raises(TroubleError, match="named no Page"):
        _let_in(there, "nobody", network)
    network.close()


def test_a_code_is_taken_once_and_no_secret_is_said(there: Simulator) -> None:
    network = Network({"127.0.0.1"})
    settings = {"app_id": APP, "service": f"{there.url}/v26.0"}
    given = Connection(settings=settings, secrets={"app_secret": SECRET})
    with pytest.raises(TroubleError, match="did not let us in") as caught:
        channel.finish_authorization(given, network, back=BACK, kept={}, query={"code": "used"})
    assert caught.value.permanent
    assert SECRET not in caught.value.words
    network.close()


def _send(stage: FacebookStage, post: Post, *, private: bool = True) -> Sent:
    outgoing = Outgoing(
        text="Hello.",
        to=post.external_id,
        root=post.root or "",
        ref=post.ref,
        private=private,
        created_at=clock.now(),
    )
    return stage.channel.send(outgoing, "1")


def test_a_comment_has_one_private_reply(stage: FacebookStage) -> None:
    post = stage.is_asked()
    assert isinstance(_send(stage, post), Receipt)
    again = _send(stage, post)
    assert isinstance(again, Refused)
    assert "one private reply" in again.words
    assert isinstance(_send(stage, post, private=False), Receipt)


def test_after_seven_days_a_private_reply_is_not_tried(stage: FacebookStage) -> None:
    post = stage.is_asked()
    with clock.standing(datetime.now(UTC) + timedelta(days=7, minutes=1)):
        sent = _send(stage, post)
    assert sent == Refused(sending.LATE_COMMENT)
    assert stage.ours(post.external_id) == []


def test_facebook_s_own_clock_has_the_last_word(stage: FacebookStage) -> None:
    post = stage.is_asked()
    stage.there.control("age", id=post.external_id, seconds=8 * DAY)
    sent = _send(stage, post)
    assert isinstance(sent, Refused)
    assert "no private reply" in sent.words


def test_a_message_is_answered_for_a_day(stage: FacebookStage) -> None:
    stage.is_asked()
    number = stage.whispers("tom", "is it down?")
    [post] = stage.hears(number)
    assert isinstance(_send(stage, post), Receipt)
    stage.there.control("age", name=stage.brand, seconds=DAY + 60)
    sent = _send(stage, post)
    assert isinstance(sent, Refused)
    assert sent.words.startswith(sending.LATE_MESSAGE)


def test_a_page_that_was_asked_too_often_waits_as_long_as_it_is_told(stage: FacebookStage) -> None:
    post = stage.is_asked()
    stage.there.control("change", name=stage.brand, cap=1)
    sent = _send(stage, post, private=False)
    stage.there.control("change", name=stage.brand, cap=1_000_000)
    assert isinstance(sent, TryLater)
    assert sent.limited
    assert 6 * 60 < sent.after <= 7 * 60
    [told] = sent.observed
    assert (told.name, told.share_used) == ("pages", 1.0)
    assert isinstance(_send(stage, post, private=False), Receipt)


def test_a_missing_permission_is_found_with_what_to_do(stage: FacebookStage) -> None:
    post = stage.is_asked()
    stage.there.control("change", name=stage.brand, scopes=",".join(SCOPES[:3]))
    finding = stage.channel.check()[-1]
    assert (finding.ok, finding.serious) == (False, True)
    assert "pages_manage_engagement" in finding.words
    assert isinstance(_send(stage, post, private=False), TryLater)


def test_a_token_that_ended_asks_to_connect_again(stage: FacebookStage) -> None:
    stage.there.control("end", token=stage.page["token"])
    with pytest.raises(TroubleError, match="Connect the Page again") as caught:
        stage.channel.listen({})
    assert caught.value.permanent
    assert stage.page["token"] not in caught.value.words


def _answer(status: int, header: dict[str, Any] | None = None, **fault: Any) -> Answer:
    told = {name: json.dumps(value) for name, value in (header or {}).items()}
    return Answer(status, told, json.dumps({"error": {"message": "No", **fault}}).encode())


@pytest.mark.parametrize("code", [4, 17, 32, 613, 80_001, 80_014])
def test_codes_of_limits_are_waited_for(code: int) -> None:
    sent = sending.refusal(_answer(400, code=code))
    assert isinstance(sent, TryLater)
    assert (sent.limited, sent.after) == (True, session.WAIT)


@pytest.mark.parametrize(
    ("status", "fault", "outcome"),
    [
        (400, {"code": 190}, TryLater),
        (403, {"code": 200}, TryLater),
        (400, {"code": 10}, TryLater),
        (400, {"code": 368}, TryLater),
        (400, {"code": 10, "error_subcode": 2_018_278}, Refused),
        (400, {"code": 10_900}, Refused),
        (400, {"code": 100, "error_subcode": 33}, Refused),
        (400, {"code": 1705}, Refused),
        (500, {"code": 1}, Uncertain),
        (400, {"code": 2}, Uncertain),
        (400, {"code": 999, "is_transient": True}, Uncertain),
        (301, {}, TryLater),
    ],
)
def test_other_codes_mean_what_their_page_says(
    status: int, fault: dict[str, Any], outcome: type[Sent]
) -> None:
    assert isinstance(sending.refusal(_answer(status, **fault)), outcome)


def test_percentages_are_allowances_of_our_limits() -> None:
    entry = {"type": "pages", "call_count": 12, "total_cputime": 40, "total_time": 25}
    entry["estimated_time_to_regain_access"] = 0
    header = {
        "x-app-usage": {"call_count": 28, "total_time": 25, "total_cputime": 25},
        "x-business-use-case-usage": {"77": [entry]},
    }
    told = session.observed(_answer(200, header))
    assert {each.name: each.share_used for each in told} == {"app": 0.28, "pages": 0.4}
    assert {each.name for each in told} <= {limit.name for limit in channel.limits()}


def test_the_older_header_is_the_same_limit() -> None:
    [told] = session.observed(_answer(200, {"x-page-usage": {"call_count": 7}}))
    assert (told.name, told.share_used) == ("pages", 0.07)


@pytest.mark.parametrize("value", ["{", "[]", '{"call_count": "many"}', '{"call_count": -1}'])
def test_percentages_that_cannot_be_read_are_none(value: str) -> None:
    assert session.observed(Answer(200, {"x-app-usage": value}, b"")) == ()


def test_messages_have_an_allowance_of_their_own() -> None:
    entry = {"type": "messenger", "call_count": 12, "total_cputime": 1, "total_time": 1}
    header = {"x-business-use-case-usage": {"77": [entry]}}
    [told] = session.observed(_answer(200, header))
    [limit] = [one for one in channel.limits() if one.name == told.name]
    assert (told.share_used, limit.cost, limit.costs) == (0.12, 0, {PRIVATE: 1})


@pytest.mark.parametrize("ref", [{"with": "5"}, {"id": "1_2", "private": True}])
def test_what_goes_as_a_message_is_counted_as_one(ref: dict[str, Any]) -> None:
    assert channel.count_for("x" * 2000, {}, ref=ref).ok
    assert not channel.count_for("x" * 2001, {}, ref=ref).ok
    assert channel.count_for("x" * 2001, {}, ref={"id": "1_2"}).ok
