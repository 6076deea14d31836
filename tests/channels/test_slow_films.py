"""Platforms that take a film and work on it: waited for, and never brought or posted twice."""

from collections.abc import Iterator
from typing import Any

import pytest

from rejoinder.channels import underway
from rejoinder.channels.bluesky import session
from rejoinder.channels.contract import Receipt, Refused, TryLater
from rejoinder.channels.mastodon import server
from rejoinder.channels.x import films as x_films
from rejoinder.outbox.reconcile import LEASE
from tests.channels.mastodon import stage as mastodon
from tests.channels.x import stage as x
from tests.contract.stage import answers, lost
from tests.contract.test_films import RESTART


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Nobody sleeps here; how long they would have."""
    found: list[float] = []
    monkeypatch.setattr("rejoinder.channels.underway.time.sleep", found.append)
    return found


@pytest.fixture(params=[mastodon, x], ids=["mastodon", "x"], scope="module")
def far_end(request: pytest.FixtureRequest) -> Iterator[Any]:
    with request.param.far_end() as running:
        yield running


@pytest.fixture
def stage(far_end: Any) -> Iterator[Any]:
    """Stages whose platform can be told how long it works on a film."""
    made = far_end.stage()
    made.control = getattr(made, "server", None) or made.x
    yield made
    made.control.control("busy", times=0)


def test_it_is_posted_when_the_platform_is_done(stage: Any, at_once: list[float]) -> None:
    stage.control.control("busy", times=3)
    post = stage.is_asked()
    _, _, sent = stage.answers(post, "This is how.", film=RESTART)
    assert isinstance(sent, Receipt), sent
    assert len(at_once) == 3
    assert [kept.films for kept in stage.ours(post.external_id)] == [(RESTART.alt,)]


def test_one_that_takes_long_is_tried_later_and_not_brought_again(
    stage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(underway, "HERE", 0.5)
    stage.control.control("busy", times=2)
    post = stage.is_asked()
    asked: list[tuple[str, str]] = []
    inner = stage.line._inner

    class Counting:
        def call(self, method: str, url: str, **more: Any) -> Any:
            asked.append((method, url))
            return inner.call(method, url, **more)

    stage.line._inner = Counting()
    for _ in range(2):
        _, _, sent = stage.answers(post, "This is how.", film=RESTART)
        assert isinstance(sent, TryLater), sent
        assert "still works on it" in sent.words
        assert stage.ours(post.external_id) == []
    _, _, sent = stage.answers(post, "This is how.", film=RESTART)
    assert isinstance(sent, Receipt), sent
    brought = [url for method, url in asked if method == "POST" and "media" in url]
    assert len(brought) == (1 if "mastodon" in stage.channel.name else 4)  # X: three and the words
    assert [kept.films for kept in stage.ours(post.external_id)] == [(RESTART.alt,)]


def test_the_same_film_is_brought_anew_for_another_reply(stage: Any) -> None:
    for words in ("This is how.", "And so here."):
        post = stage.is_asked()
        _, _, sent = stage.answers(post, words, film=RESTART)
        assert isinstance(sent, Receipt), sent
        assert [kept.films for kept in stage.ours(post.external_id)] == [(RESTART.alt,)]


def test_a_film_in_pieces_goes_on_where_it_ended(
    stage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    if stage.channel.name != "x":
        return
    monkeypatch.setattr(x_films, "PIECE", 9000)
    post = stage.is_asked()
    for trouble in (answers(503), lost):
        stage.line.on_read(_none, _none, trouble)  # begun, the first piece, then this
        _, _, sent = stage.answers(post, "This is how.", film=RESTART)
        assert isinstance(sent, TryLater), sent
        stage.line.mends()
    _, _, sent = stage.answers(post, "This is how.", film=RESTART)
    assert isinstance(sent, Receipt), sent
    assert [kept.films for kept in stage.ours(post.external_id)] == [(RESTART.alt,)]


def test_one_that_the_platform_cannot_read_is_refused(stage: Any) -> None:
    if stage.channel.name != "x":
        return
    post = stage.is_asked()
    bad = type(RESTART)(data=b"no film", alt="A hand", width=2, height=2, seconds=1)
    _, _, sent = stage.answers(post, "This is how.", film=bad)
    assert isinstance(sent, Refused)
    assert "Unsupported video format" in sent.words
    assert stage.ours(post.external_id) == []


def test_no_send_of_a_film_outlives_its_lease() -> None:
    """Else another sender would take it for lost, and look for it while it is being posted."""
    one = 30.0  # seconds for any other call (Network.call)
    assert server.FILM + underway.HERE + 2 * one < LEASE.total_seconds()  # asked last, and posted
    assert session.FILM + 2 * one < LEASE.total_seconds()
    # The last piece, its end, the last question, the words, and the post.
    assert x_films.LONGEST + 4 * one + underway.HERE <= LEASE.total_seconds()


def _none(call: Any) -> Any:
    return call()
