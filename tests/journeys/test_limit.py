"""Bluesky's own limit, on a real server: it never has to refuse, and a planned day lasts in it."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from rejoinder.drill.day import draw
from rejoinder.drill.rehearse import rehearse
from rejoinder.drill.result import Result
from rejoinder.drill.worlds import NAMED
from rejoinder.outbox import forecast
from rejoinder.outbox.models import Reply, State
from rejoinder.plumbing import clock
from rejoinder.plumbing.http import Network
from tests.journeys.bluesky import Counted, Desk
from tests.real import network

pytestmark = [pytest.mark.real, pytest.mark.django_db(transaction=True)]

REPLIES = 1_700
AN_HOUR = 1_666  # creates: 5,000 points at 3 each, as the server counted when it was measured
SEED = 3


@pytest.fixture
def server() -> Iterator[network.Bluesky]:
    # One for each test: besides each account it limits the address that all of them come from.
    with network.bluesky("pds") as started:
        yield started


@pytest.fixture
def http(server: network.Bluesky) -> Iterator[Counted]:
    with closing(Network({urlsplit(server.pds).hostname or ""})) as opened:
        yield Counted(opened)


def test_the_limit_is_met_exactly_and_never_exceeded(
    server: network.Bluesky, http: Counted, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(server, http)
    started = clock.now()
    for number in range(REPLIES):
        desk.queue(f"Answer {number}: we are on it. ^AK")

    desk.sends()

    sent = Reply.objects.filter(state=State.SENT).count()
    rest = forecast.rest(desk.account)
    with capsys.disabled():
        print(f"\n{sent} sent, statuses {dict(http.statuses)}, {rest}")
    assert http.statuses[429] == 0
    assert sent == AN_HOUR
    assert rest.waiting == REPLIES - AN_HOUR
    assert desk.on_the_server() == AN_HOUR
    assert rest.first_at is not None
    assert rest.last_at is not None
    assert started + timedelta(hours=1) <= rest.first_at <= rest.last_at
    assert rest.last_at <= clock.now() + timedelta(hours=1, minutes=2)


def test_the_posts_of_a_planned_day_are_all_taken_and_reach_who_is_urgent_in_the_evening(
    server: network.Bluesky, http: Counted
) -> None:
    """The drilled day `bluesky` at speed: all of it lies in one hour of the server's clock."""
    in_turn, planned = _played("fcfs"), _played("bid-price")
    posts = [post for post in planned.posts if post.account == "bluesky"]
    desk = Desk(server, http)
    for number, post in enumerate(posts):
        desk.queue(f"{post.kind} {number}, as of second {post.at:.0f}. ^AK")

    desk.sends()

    assert http.statuses[429] == 0
    assert Reply.objects.filter(state=State.SENT).count() == len(posts) == desk.on_the_server()
    # Both spend all there is; in turn it is gone soon after noon.
    spent = [post for post in in_turn.posts if post.account == "bluesky"]
    assert len(spent) == len(posts) == AN_HOUR
    assert max(post.at for post in spent) < 14 * 3_600
    assert (in_turn.score.urgent_late_1h or 0) < 0.25
    assert (planned.score.urgent_late_1h or 0) >= 0.85


def _played(policy: str) -> Result:
    world = NAMED["bluesky"]
    day = draw(world, SEED)
    return rehearse(world, day, policy, "within-the-hour", seed=SEED, say=lambda _: None)
