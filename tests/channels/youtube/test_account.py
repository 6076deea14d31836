"""One account on the simulated YouTube: its units, its tokens, moderation, letting the desk in."""

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from rejoinder.channels.contract import Connection, Outgoing, Receipt, Sent, TroubleError, TryLater
from rejoinder.channels.youtube import channel, units
from rejoinder.plumbing import clock
from rejoinder.plumbing.http import Network
from tests.channels.youtube.stage import Running, YouTubeStage
from tests.simulators.client import Simulator, running
from tests.simulators.youtube.world import CLIENT, SECRET


@pytest.fixture(scope="module")
def there() -> Iterator[Simulator]:
    with running("youtube") as found:
        found.control("change", units=1_000_000)
        yield found


@pytest.fixture
def stage(there: Simulator) -> Iterator[YouTubeStage]:
    found = Running(there)
    yield found.stage()
    found.network.close()


def _sent(stage: YouTubeStage) -> Sent:
    post = stage.posts_heard[0]
    outgoing = Outgoing(
        text="Hello.", to=post.external_id, root="", ref=post.ref, created_at=clock.now()
    )
    return stage.channel.send(outgoing, "1")


def test_a_quiet_day_of_listening_stays_within_its_units(stage: YouTubeStage) -> None:
    for number in range(30):
        stage.says("tom", f"question {number}")
    stage.opens()
    before = stage.there.control("spent")
    for _ in range(20):
        assert stage.listens() == []
    spent = stage.there.control("spent") - before
    assert spent / 20 * 86_400 / stage.channel.poll < units.LISTENING


def test_when_they_are_used_up_it_says_so_and_goes_on_at_midnight(stage: YouTubeStage) -> None:
    stage.opens()
    stage.cursor |= {"spent": units.LISTENING, "day": units.day(datetime.now(UTC))}
    with pytest.raises(TroubleError, match="used up") as caught:
        stage.listens()
    assert 0 < caught.value.after <= 25 * 3600
    stage.cursor |= {"day": "2026-01-01"}
    assert stage.listens() == []
    assert stage.cursor["spent"] < 10


def test_the_end_of_the_day_s_units_is_waited_for(stage: YouTubeStage) -> None:
    stage.is_asked()
    stage.there.control("change", units=0)
    sent = _sent(stage)
    stage.there.control("change", units=1_000_000)
    assert isinstance(sent, TryLater)
    assert sent.limited
    assert abs(sent.after - units.until_anew(clock.now())) < 5
    assert isinstance(_sent(stage), Receipt)


def test_a_reply_in_an_old_thread_is_heard(stage: YouTubeStage) -> None:
    old = stage.says("tom", "an old question")
    stage.opens()
    for number in range(120):
        stage.says("tina", f"newer {number}")
    stage.listens()
    late = stage.says("tom", "still no answer", reply_to=old)
    [post] = stage.hears(late)
    assert (post.root, post.ref["thread"]) == (old, old)


def test_held_ones_are_heard_and_those_that_are_removed_go(stage: YouTubeStage) -> None:
    stage.opens()
    given = {"who": "tina", "to": stage.brand, "text": "is it down?", "status": "heldForReview"}
    held = stage.there.control("say", **given)["id"]
    [post] = stage.hears(held)
    assert not post.shown
    stage.there.control("status", id=held, status="published")
    [seen] = stage.hears(held, kind="edit")
    assert seen.shown
    for _ in range(6):
        assert stage.listens() == []
    stage.deletes(held)
    stage.hears(held, kind="delete")


def test_a_reply_that_changes_or_goes_is_followed(stage: YouTubeStage) -> None:
    post = stage.is_asked()
    reply = stage.says("tina", "me too", reply_to=post.external_id)
    stage.hears(reply)
    stage.edits(reply, "me three")
    [edited] = stage.hears(reply, kind="edit")
    assert edited.text == "me three"
    stage.deletes(reply)
    stage.hears(reply, kind="delete")


def test_who_answered_is_named_in_a_thread_of_one_level(stage: YouTubeStage) -> None:
    first = stage.is_asked()
    reply = stage.says("tina", "here too", reply_to=first.external_id)
    [post] = stage.hears(reply)
    stage.answers(post, "Thank you.")
    said = stage.there.control("on", to=stage.brand)[-1]
    assert (said["text"], said["parent"]) == ("@tina Thank you.", first.external_id)
    counted = channel.count_for("Thank you.", {}, to="@tina", ref=post.ref)
    assert counted.used == len("@tina Thank you.")


def test_a_token_that_ended_is_renewed_and_kept(there: Simulator) -> None:
    made = there.control("person", handle="late", lasts=-1)
    secrets = {
        "client_secret": SECRET,
        "access": made["access_token"],
        "refresh": made["refresh_token"],
    }
    network, kept = Network({"127.0.0.1"}), dict(secrets)
    given = Connection(settings={"client_id": CLIENT, "service": there.url}, secrets=secrets)
    assert channel(given, network, kept.update).identify().external_id == made["id"]
    assert kept["access"] != made["access_token"]
    wrong = Connection(settings=given.settings, secrets={**secrets, "refresh": "another"})
    with pytest.raises(TroubleError, match="Connect the account again") as caught:
        channel(wrong, network).identify()
    assert caught.value.permanent
    network.close()


def test_an_account_that_may_only_read_waits_with_what_to_do(stage: YouTubeStage) -> None:
    stage.is_asked()
    stage.there.control("scopes", handle=stage.brand, scopes="youtube.readonly")
    sent = _sent(stage)
    assert isinstance(sent, TryLater)
    assert "allow the desk to manage comments" in sent.words


def test_it_is_let_in_on_google_s_own_page(there: Simulator) -> None:
    network = Network({"127.0.0.1"})
    settings = {"client_id": CLIENT, "service": there.url}
    given = Connection(settings=settings, secrets={"client_secret": SECRET})
    back = "https://desk.example.com/channels/youtube/back"
    begun = channel.begin_authorization(given, network, back=back, state="made-up-state")
    assert begun is not None
    answer = httpx.get(f"{begun.url}&user=newcomer")
    query = dict(parse_qsl(urlsplit(answer.headers["location"]).query))
    assert query["state"] == "made-up-state"
    got = channel.finish_authorization(given, network, back=back, kept=begun.kept, query=query)
    let_in = Connection(settings=settings, secrets={**given.secrets, **got})
    assert channel(let_in, network).identify().handle == "@newcomer"
    with pytest.raises(TroubleError, match="does not let us in"):
        channel.finish_authorization(given, network, back=back, kept=begun.kept, query=query)
    network.close()
