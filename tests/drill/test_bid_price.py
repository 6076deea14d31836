"""The plan on a drilled day: blind to fame and to names of channels, in turn, within limits."""

from dataclasses import replace

import numpy as np
import pytest

from rejoinder.drill.day import Day, draw
from rejoinder.drill.limits import Limit
from rejoinder.drill.overtaken import overtaken
from rejoinder.drill.played import Played
from rejoinder.drill.policies import Mode
from rejoinder.drill.policies.bid_price import BidPrice
from rejoinder.drill.run import run
from rejoinder.drill.world import Shift, Surge, World

# A small bad day: 450 mentions, three advisors, 80 posts on X.
SMALL = World(
    usual=150,
    surges=(Surge(shape="incident", begins_h=7.5, mentions=300),),
    shifts=(Shift(from_h=6, to_h=24, advisors=3),),
    limits=(Limit("x", "a day", 80, 86_400), Limit("facebook", "in ten minutes", 600, 600)),
)
DAY = draw(SMALL, 1)


def played(day: Day, mode: Mode = "within-the-hour") -> Played:
    return run(SMALL, day, BidPrice(), mode)


@pytest.fixture(scope="module")
def record() -> Played:
    return played(DAY)


def test_followers_change_no_decision_and_no_post(record: Played) -> None:
    shuffled = np.random.default_rng(1).permutation(DAY.followers)
    other = played(replace(DAY, followers=shuffled))
    assert record.decisions == other.decisions
    assert record.posts == other.posts


def test_names_of_channels_without_scarcity_change_no_turn(record: Played) -> None:
    places = SMALL.places()
    label = np.arange(len(SMALL.channels))
    free = [places[name] for name in ("facebook", "wordpress", "phone", "bluesky", "mastodon")]
    label[free] = np.roll(free, 2)
    other = played(replace(DAY, channel=label[DAY.channel]))
    assert [(d.at, d.mention, d.do, d.reason) for d in record.decisions] == [
        (d.at, d.mention, d.do, d.reason) for d in other.decisions
    ]


def test_the_scarce_allowance_is_used_up_and_never_passed(record: Played) -> None:
    posts = record.posts
    assert sum(post.account == SMALL.places()["x"] for post in posts) in range(76, 81)
    assert all(post.accepted for post in posts)


def test_in_strict_mode_nobody_overtakes_an_equal_by_more_than_five_minutes() -> None:
    assert overtaken(DAY, played(DAY, "strict")) == 0


def test_money_is_planned_with_like_any_limit() -> None:
    poor = World(
        usual=20,
        surges=(Surge(shape="incident", begins_h=7.5, mentions=100),),
        shifts=(Shift(from_h=6, to_h=24, advisors=2),),
        limits="none",
        money_a_day=0.25,
        update_price=0.0,
    )
    day = draw(poor, 2)
    found = run(poor, day, BidPrice())
    spent = sum(post.price for post in found.posts)
    held = {each.reason for each in found.decisions if each.do == "hold"}
    urgent = (day.seen_need == 0) & (day.channel == 0) & (day.at < 80_000)
    assert 0.2 <= spent <= 0.25 + 1e-9
    assert held & {"kept-for-urgent", "kept-for-needier"}
    assert np.isfinite(found.answered_at[urgent]).mean() >= 0.9
