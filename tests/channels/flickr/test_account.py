"""One account on the simulated Flickr: its hour, its refusals, letting the desk in."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from rejoinder.channels.contract import (
    Connection,
    Outgoing,
    Receipt,
    Refused,
    Sent,
    TroubleError,
    TryLater,
)
from rejoinder.channels.flickr import channel
from rejoinder.channels.flickr.flickr import Flickr
from rejoinder.plumbing import clock
from rejoinder.plumbing.http import Network
from tests.channels.flickr.stage import FlickrStage, Running
from tests.simulators.client import Simulator, running
from tests.simulators.flickr.world import KEY, SECRET


@pytest.fixture(scope="module")
def there() -> Iterator[Simulator]:
    with running("flickr") as found:
        yield found


@pytest.fixture
def stage(there: Simulator) -> Iterator[FlickrStage]:
    found = Running(there)
    yield found.stage()
    found.network.close()


def real(stage: FlickrStage) -> Flickr:
    """With its own patience."""
    return channel(stage.channel.connection, stage.channel.http)


def test_it_looks_once_an_hour(stage: FlickrStage) -> None:
    flickr = real(stage)
    with clock.standing(datetime.now(UTC)):
        cursor = flickr.listen({}).cursor
        asked = len(stage.there.control("calls"))
        stage.says("tom", "is it down?")
        clock.turn(timedelta(minutes=59))
        assert flickr.listen(cursor).posts == []
        assert len(stage.there.control("calls")) == asked
    # Flickr's clock is the machine's, so the hour is taken off ours.
    cursor["asked"] -= 3600
    [post] = flickr.listen(cursor).posts
    assert post.text == "is it down?"


def test_a_photo_that_is_taken_down_takes_its_comments_along(stage: FlickrStage) -> None:
    post = stage.is_asked()
    stage.there.control("delete_photo", photo=stage.photo)
    stage.hears(post.external_id, kind="delete")


def test_our_answer_names_whom_it_answers(stage: FlickrStage) -> None:
    post = stage.is_asked()
    stage.answers(post, "Back at noon & later.")
    [_, ours] = stage.there.control("on", photo=stage.photo)
    nsid = stage.nsid("tom")
    assert ours["text"] == f"[https://www.flickr.com/photos/{nsid}] Back at noon &amp; later."


def _sent(stage: FlickrStage) -> Sent:
    post = stage.posts_heard[0]
    outgoing = Outgoing(
        text="Hello.", to=post.external_id, root="", ref=post.ref, created_at=clock.now()
    )
    return stage.channel.send(outgoing, "1")


def test_too_fast_is_waited_for(stage: FlickrStage) -> None:
    stage.is_asked()
    stage.there.control("change", pace=0)
    sent = _sent(stage)
    stage.there.control("change", pace=10_000)
    assert isinstance(sent, TryLater)
    assert sent.limited
    assert "too fast" in sent.words
    assert isinstance(_sent(stage), Receipt)


def test_the_hour_s_calls_are_waited_for(stage: FlickrStage) -> None:
    stage.is_asked()
    stage.there.control("change", cap=0)
    sent = _sent(stage)
    stage.there.control("change", cap=3600)
    assert isinstance(sent, TryLater)
    assert sent.limited


def test_a_photo_that_is_gone_is_refused_in_flickr_s_words(stage: FlickrStage) -> None:
    stage.is_asked()
    stage.there.control("delete_photo", photo=stage.photo)
    sent = _sent(stage)
    assert isinstance(sent, Refused)
    assert "Photo not found" in sent.words


def test_an_account_that_may_only_read_is_found(stage: FlickrStage) -> None:
    stage.is_asked()
    stage.there.control("change", perms={stage.brand: "read"})
    [finding] = stage.channel.check()
    assert (finding.ok, finding.serious) == (False, True)
    assert "allow the desk to write" in finding.remedy
    assert isinstance(_sent(stage), TryLater)


def test_a_wrong_secret_is_said_with_what_to_do(stage: FlickrStage) -> None:
    known = stage.channel.connection
    wrong = Connection(settings=known.settings, secrets={**known.secrets, "secret": "another"})
    with pytest.raises(TroubleError, match="fill in the key and the secret") as caught:
        channel(wrong, stage.channel.http).identify()
    assert caught.value.permanent


def test_it_is_let_in_on_flickr_s_own_page(there: Simulator) -> None:
    network = Network({"127.0.0.1"})
    given = Connection(settings={"key": KEY, "service": there.url}, secrets={"secret": SECRET})
    back = "https://desk.example.com/channels/flickr/back"
    begun = channel.begin_authorization(given, network, back=back, state="made-up-state")
    assert begun is not None
    answer = httpx.get(f"{begun.url}&user=newcomer")
    query = dict(parse_qsl(urlsplit(answer.headers["location"]).query))
    assert query["state"] == "made-up-state"
    got = channel.finish_authorization(given, network, back=back, kept=begun.kept, query=query)
    open_ = Connection(settings=given.settings, secrets={**given.secrets, **got})
    assert channel(open_, network).identify().handle == "newcomer"
    with pytest.raises(TroubleError, match="did not let us in"):
        channel.finish_authorization(given, network, back=back, kept=begun.kept, query=query)
    network.close()
