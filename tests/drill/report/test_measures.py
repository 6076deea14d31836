"""What a report shows is told again from the printed day, and agrees with its score."""

import numpy as np
import pytest
from msgspec.structs import replace

from rejoinder.drill.day import ASKS
from rejoinder.drill.report.measures import MOMENTS, measures
from rejoinder.drill.report.outcome import outcome
from rejoinder.drill.world import WEIGHTINGS
from tests.drill import recheck
from tests.drill.report.stage import WORLD, played

POLICIES = ("fcfs", "priority", "even-pacing")


@pytest.mark.parametrize("policy", POLICIES)
def test_who_had_an_answer_agrees_with_the_score(policy: str) -> None:
    run = played(policy)
    found = outcome(run)
    asks, urgent = found.need < ASKS, found.need == 0
    assert int((found.soon & asks).sum()) == run.score.answered_1h
    assert int((found.soon & urgent).sum()) == run.score.urgent_1h
    part = np.where(found.soon, 1.0, np.where(np.isfinite(found.answered_at), 0.5, 0.0))
    worth = np.array(WEIGHTINGS[run.world.weighting].values())[found.need]
    assert float((worth * part).sum()) == pytest.approx(run.score.value)


def test_the_hours_add_up_to_the_score() -> None:
    shown = measures(played("priority"))
    assert shown.came.sum() == shown.run.score.urgent
    assert shown.helped.sum() == shown.run.score.urgent_1h
    assert (shown.helped <= shown.came).all()


def test_nobody_waits_before_the_day_and_everybody_is_counted_once() -> None:
    shown = measures(played("fcfs"))
    assert (shown.waiting >= 0).all()
    assert (shown.waiting[:, 0] == 0).all()
    assert shown.waiting.sum(axis=0).max() < len(shown.run.arrivals)


def test_a_limit_is_used_up_when_its_last_post_is_out() -> None:
    run = played("fcfs")
    spent = measures(run).spent
    assert spent is not None
    on_x = [post.at for post in run.posts if post.account == "x" and post.accepted]
    assert spent.gone_at == on_x[59]
    assert spent.most == 60
    assert spent.used[np.searchsorted(MOMENTS, spent.gone_at)] == 60


def test_a_limit_that_lasts_is_said_to_last() -> None:
    wide = replace(WORLD, limits=(replace(WORLD.rules()[0], cap=5_000),))
    spent = measures(played("priority", wide)).spent
    assert spent is not None
    assert spent.gone_at is None
    assert measures(played("priority", replace(WORLD, limits=()))).spent is None


def test_groups_are_compared_at_equal_need() -> None:
    shown = measures(played("priority", replace(WORLD, usual=600, limits=())))
    assert shown.channels.names[0] == "x"
    assert "x-private" not in shown.channels.names  # nobody wrote there
    assert len(shown.fifths.names) == 5
    assert ((shown.channels.soon >= 0) & (shown.channels.soon <= 1)).all()
    assert shown.channels.people.min() >= 5


def test_it_agrees_with_who_checks_without_our_code() -> None:
    import json

    import msgspec

    run = played("even-pacing")
    known = recheck.answers(json.loads(msgspec.json.encode(run)))
    found = outcome(run)
    (answered,) = np.nonzero(np.isfinite(found.answered_at))
    assert set(answered.tolist()) == set(known)
    assert found.answered_at[answered].tolist() == [known[n] for n in answered.tolist()]
