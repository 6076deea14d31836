"""Windows never let more through than they say, whenever one looks."""

from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.drill.account import Account
from rejoinder.drill.limits import Limit
from rejoinder.drill.world import Cut

GAP = st.floats(0.001, 400, allow_nan=False)


def rule(name: str, cap: int, length: float, *, fixed: bool = False) -> Limit:
    return Limit("x", name, cap, length, "fixed" if fixed else "sliding")


@given(
    rules=st.lists(
        st.tuples(st.integers(1, 20), st.floats(1, 3_600), st.booleans()), min_size=1, max_size=3
    ),
    guard=st.floats(0, 30),
    steps=st.lists(st.tuples(GAP, GAP), max_size=120),
)
@settings(deadline=None)
def test_what_is_reserved_can_always_be_sent_and_no_window_is_passed(
    rules: list[tuple[int, float, bool]], guard: float, steps: list[tuple[float, float]]
) -> None:
    limits = [rule(str(n), cap, length, fixed=f) for n, (cap, length, f) in enumerate(rules)]
    account = Account.of(limits, guard)
    now, under_way, posts = 0.0, list[float](), list[float]()
    for gap, lasts in steps:
        now += gap
        for done in sorted(at for at in under_way if at <= now):
            assert account.may_send(done)
            assert account.send(done)
            posts.append(done)
        under_way = [at for at in under_way if at > now]
        if account.left(now) >= 1:
            account.reserve()
            under_way.append(now + lasts)
    for limit in limits:
        for at in posts:
            start = at // limit.window_s * limit.window_s
            since = start if limit.alignment == "fixed" else at - limit.window_s
            assert sum(since <= other <= at for other in posts) <= limit.cap


def test_a_full_window_frees_when_its_first_post_is_old_enough() -> None:
    account = Account.of([rule("minute", 2, 60)], 5)
    for at in (10.0, 20.0):
        account.reserve()
        assert account.send(at)
    assert account.left(74.9) == 0
    assert account.frees_at(30.0) == 75.0
    assert account.left(75.1) == 1


def test_a_fixed_window_starts_anew() -> None:
    account = Account.of([rule("minute", 1, 60, fixed=True)], 0)
    account.reserve()
    assert account.send(59.0)
    assert account.left(59.9) == 0
    assert account.frees_at(59.5) == 60.0
    assert account.left(60.0) == 1


def test_a_cut_without_notice_costs_one_refusal_and_then_the_desk_holds() -> None:
    account = Account.of([rule("a day", 10, 86_400)], 0)
    account.reserve()
    account.reserve()
    account.reserve()
    assert account.send(1.0)
    account.cut(Cut(account="x", limit="a day", at_h=0, cap=1))
    assert not account.send(2.0)
    assert not account.may_send(3.0)
    assert account.left(3.0) == 0
    assert account.room(3.0)[0].left == 0


def test_a_platform_that_says_its_limit_is_believed() -> None:
    account = Account.of([rule("a day", 10, 60)], 0)
    account.cut(Cut(account="x", limit="a day", at_h=0, cap=1, notice="refusal"))
    account.reserve()
    account.reserve()
    assert account.send(1.0)
    assert not account.send(2.0)
    assert account.left(3.0) == 0
    assert account.left(62.0) == 1


def test_a_cut_with_notice_is_never_refused() -> None:
    account = Account.of([rule("a day", 10, 60)], 0)
    account.reserve()
    account.reserve()
    assert account.send(1.0)
    account.cut(Cut(account="x", limit="a day", at_h=0, cap=1, notice="before"))
    assert not account.may_send(2.0)
    account.give_back()
    assert account.left(62.0) == 1


def test_a_refusal_that_others_explain_ends_the_hold() -> None:
    account = Account.of([rule("minute", 1, 60)], 0)
    assert account.by_other(1.0)
    account.reserve()
    assert not account.send(2.0)
    assert account.left(50.0) == 0
    account.see_other(1.0)
    assert account.left(62.0) == 1
