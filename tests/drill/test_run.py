"""A day is played by the rules whatever the policy, and what it prints can be checked again."""

from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from rejoinder.drill.day import draw
from rejoinder.drill.limits import Limit
from rejoinder.drill.policies.named import POLICIES
from rejoinder.drill.result import result
from rejoinder.drill.run import run
from rejoinder.drill.score import score
from rejoinder.drill.world import Client, Cut, Surge, World
from rejoinder.drill.worlds import NAMED
from tests.drill import recheck

SIMPLE = sorted(set(POLICIES) - {"bid-price"})  # the desk's own plan takes seconds a day
SMALL = replace(
    World(),
    usual=100.0,
    surges=(Surge(shape="incident", begins_h=7.5, mentions=350),),
    limits=(Limit("x", "half an hour", 8, 1_800), Limit("x", "a day", 90, 86_400)),
)


def played(world: World, policy: str, seed: int) -> dict[str, Any]:
    day = draw(world, seed)
    record = run(world, day, POLICIES[policy]())
    found = result(
        world,
        day,
        record,
        seed=seed,
        policy=policy,
        mode="within-the-hour",
        score=score(world, day, record, 1_000.0),
    )
    out: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(found))
    return out


@st.composite
def worlds(make: st.DrawFn) -> World:
    rules = make(
        st.lists(
            st.builds(
                Limit,
                st.sampled_from(["x", "facebook", "phone"]),
                st.sampled_from(["one", "two", "three"]),
                st.integers(1, 300),
                st.sampled_from([600.0, 1_800.0, 7_200.0, 86_400.0]),
                st.sampled_from(["sliding", "fixed"]),
            ),
            max_size=4,
            unique_by=lambda rule: (rule.account, rule.name),
        )
    )
    return replace(
        SMALL,
        limits=tuple(rules),
        guard_s=make(st.sampled_from([0.0, 30.0])),
        leaves_unseen=make(st.sampled_from([0.0, 0.5])),
        money_a_day=make(st.sampled_from([None, 0.5, 2.0])),
        weighting=make(st.sampled_from(["standard", "urgent-first", "level"])),
    )


@given(world=worlds(), policy=st.sampled_from(SIMPLE), seed=st.integers(0, 1_000_000))
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate],  # a day is too much to shrink
)
def test_every_day_can_be_checked_from_what_it_prints(world: World, policy: str, seed: int) -> None:
    out = played(world, policy, seed)
    if not world.leaves_unseen:
        recheck.check(out)
        recheck.closes(out)
    recheck.busiest(out)
    assert recheck.over_limit(out) == 0
    assert out["score"]["over_limit"] == 0
    for name, value in recheck.rescored(out).items():
        assert out["score"][name] == pytest.approx(value), name
    if world.money_a_day is not None:
        assert out["score"]["money"] <= world.money_a_day + 1e-6


def test_the_plan_of_the_desk_plays_by_the_rules_too() -> None:
    out = played(SMALL, "bid-price", 7)
    recheck.check(out)
    recheck.closes(out)
    assert recheck.over_limit(out) == 0
    assert out["score"]["value"] > played(SMALL, "fcfs", 7)["score"]["value"]


@pytest.mark.parametrize("policy", SIMPLE)
def test_the_same_day_and_policy_give_the_same_record(policy: str) -> None:
    assert played(SMALL, policy, 3) == played(SMALL, policy, 3)


def test_every_policy_plays_the_same_day() -> None:
    first, *rest = (played(SMALL, policy, 5)["arrivals"] for policy in SIMPLE)
    assert all(arrivals == first for arrivals in rest)


@pytest.mark.parametrize("policy", SIMPLE)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_cut_without_notice_costs_at_most_one_refusal(policy: str, seed: int) -> None:
    cut = Cut(account="x", limit="a day", at_h=12, cap=40)
    out = played(replace(SMALL, cuts=(cut,)), policy, seed)
    recheck.check(out)
    x = [post for post in out["posts"] if post["account"] == "x"]
    refused = [post["at"] for post in x if not post["accepted"]]
    assert len(refused) <= 1
    assert out["score"]["over_limit"] == len(refused)
    if refused:
        assert not [post for post in x if post["at"] > refused[0]]


@pytest.mark.parametrize("policy", SIMPLE)
def test_a_cut_with_notice_is_never_run_into(policy: str) -> None:
    cut = Cut(account="x", limit="half an hour", at_h=12, cap=3, notice="before")
    out = played(replace(SMALL, cuts=(cut,)), policy, 1)
    assert out["score"]["over_limit"] == 0
    late = [p["at"] for p in out["posts"] if p["account"] == "x" and p["at"] > 13 * 3_600]
    assert all(sum(at - 1_800 <= other <= at for other in late) <= 3 for at in late)


@pytest.mark.parametrize("policy", SIMPLE)
def test_another_client_on_the_account_is_counted_when_our_timeline_shows_it(policy: str) -> None:
    client = Client(account="x", from_h=9, to_h=18, posts=100, seen_s=60)
    out = played(replace(SMALL, clients=(client,)), policy, 1)
    others = [post for post in out["posts"] if post["kind"] == "other"]
    assert len(others) == 100
    assert recheck.over_limit(out) == 0
    assert out["score"]["over_limit"] < len(others) / 10


def test_a_pointer_counts_only_if_it_settles_the_question() -> None:
    none = replace(SMALL, pointer_settles=0.0)
    out = played(none, "priority", 2)
    pointed = {post["mention"] for post in out["posts"] if post["kind"] == "pointer"}
    assert pointed
    assert not pointed & set(recheck.answers(out))
    assert out["score"]["value"] < played(SMALL, "priority", 2)["score"]["value"]


def test_an_advisor_who_finds_that_a_pointer_does_not_fit_writes_a_whole_reply() -> None:
    out = played(replace(SMALL, mismatched_share=1.0), "priority", 2)
    arrivals = out["arrivals"]
    fits = [post for post in out["posts"] if post["kind"] == "pointer"]
    assert all(arrivals[p["mention"]]["question"] is not None for p in fits)
    mistaken = {
        a["id"] for a in arrivals if a["question"] is None and a["seen_question"] is not None
    }
    assert mistaken & {post["mention"] for post in out["posts"] if post["kind"] == "reply"}


def test_a_hold_says_why_and_on_which_account() -> None:
    out = played(SMALL, "even-pacing", 4)
    holds = [one for one in out["decisions"] if one["do"] == "hold"]
    assert {one["reason"] for one in holds} >= {"no-room", "abuse", "paced"}
    assert all(one["allowance"] == "x" for one in holds if one["reason"] == "no-room")


def test_who_repeats_is_answered_again_only_where_everything_is() -> None:
    kinds = {p: {post["kind"] for post in played(SMALL, p, 6)["posts"]} for p in SIMPLE}
    assert [policy for policy, seen in kinds.items() if "repeat" in seen] == ["fcfs"]


def test_the_morning_of_2012_ran_out_before_noon() -> None:
    world = NAMED["o2-2012"]
    day = draw(world, 1)
    as_it_was = run(world, day, POLICIES["fcfs"]())
    x = [post.at for post in as_it_was.posts if post.account == 0]
    assert len(x) == 1_000
    assert 10 * 3_600 < x[-1] < 12 * 3_600
    late = score(world, day, as_it_was, None).urgent_late_1h
    paced = score(world, day, run(world, day, POLICIES["even-pacing"]()), None).urgent_late_1h
    assert late is not None
    assert paced is not None
    assert late < 0.2
    assert paced > 0.8


def test_a_day_without_mentions_or_advisors_is_played_too() -> None:
    empty = replace(SMALL, usual=0.0, surges=())
    assert played(empty, "priority", 0)["score"]["posts"] == 0
    alone = played(replace(SMALL, shifts=()), "priority", 0)
    assert alone["posts"] == []
    assert alone["score"]["answered_1h"] == 0
