"""Posts of a thread find together in whatever order, and in whatever batches, they come."""

from collections import defaultdict
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.listening.intake.thread import threads

Ups = dict[str, str | None]


def kept(batches: list[Ups]) -> dict[str, str]:
    """What intake ends with: each batch threaded on what was kept, renamed threads renamed."""
    known: dict[str, str] = {}
    for ups in batches:
        names = set(known.values()) & set(ups)
        found, renamed = threads(ups, known, names)
        known = {post: renamed.get(name, name) for post, name in known.items()} | found
    return known


def parts(thread: dict[str, str]) -> set[frozenset[str]]:
    """Which posts are together, whatever their thread is called."""
    together: dict[str, set[str]] = defaultdict(set)
    for post, name in thread.items():
        together[name].add(post)
    return {frozenset(posts) for posts in together.values()}


posts = st.integers(0, 11).map(str)
forests = st.dictionaries(posts, posts, min_size=1).map(
    lambda above: {post: up if int(up) < int(post) else None for post, up in above.items()}
)
anything = st.dictionaries(posts, st.none() | posts, min_size=1).map(
    lambda above: {post: None if up == post else up for post, up in above.items()}
)


@st.composite
def two_orders(draw: st.DrawFn, shapes: st.SearchStrategy[Ups]) -> tuple[list[Ups], list[Ups]]:
    ups = draw(shapes)
    return _batches(draw, ups), _batches(draw, ups)


def _batches(draw: st.DrawFn, ups: Ups) -> list[Ups]:
    order = draw(st.permutations(list(ups)))
    cuts = [0, *sorted(draw(st.sets(st.integers(1, len(order))))), len(order)]
    return [{post: ups[post] for post in order[a:b]} for a, b in pairwise(cuts)]


@given(two_orders(forests))
def test_any_order_gives_the_same_threads(orders: tuple[list[Ups], list[Ups]]) -> None:
    one, other = (kept(batches) for batches in orders)
    assert one == other


@given(two_orders(anything))
def test_even_posts_in_a_circle_are_together_in_any_order(
    orders: tuple[list[Ups], list[Ups]],
) -> None:
    one, other = (kept(batches) for batches in orders)
    assert parts(one) == parts(other)


@given(forests)
def test_a_thread_is_named_after_the_top_of_the_way(ups: Ups) -> None:
    for post, name in kept([ups]).items():
        at = post
        while above := ups.get(at):
            at = above
        assert name == at


def test_a_reply_to_a_post_never_heard_waits_for_it_under_its_name() -> None:
    assert threads({"2": "1"}, {}, set()) == ({"2": "1"}, {})
    assert threads({"1": "0"}, {"2": "1"}, {"1"}) == ({"1": "0"}, {"1": "0"})


def test_a_long_way_up_is_no_trouble() -> None:
    ups: Ups = {str(n): str(n - 1) if n else None for n in range(20_000, -1, -1)}
    found, _ = threads(ups, {}, set())
    assert set(found.values()) == {"0"}
