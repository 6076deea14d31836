"""The gate of the pretend network never lets in more than a limit, wherever one looks."""

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.channels.pretend.windows import Gate, Window

knocks = st.lists(st.floats(0, 40), min_size=1, max_size=60)
windows = st.builds(
    Window,
    name=st.just("test"),
    cap=st.integers(1, 5),
    seconds=st.sampled_from([10.0, 60.0]),
    alignment=st.sampled_from(["sliding", "fixed"]),
)


@given(knocks, st.lists(windows, min_size=1, max_size=3))
def test_no_window_holds_more_than_its_cap(pauses: list[float], limits: list[Window]) -> None:
    gate, now = Gate(), 1_000_000.0
    let_in: list[float] = []
    for pause in pauses:
        now += pause
        if gate.knock(limits, now).allowed:
            let_in.append(now)
    for window in limits:
        for start in let_in:
            first = start - start % window.seconds if window.alignment == "fixed" else start
            inside = [at for at in let_in if first <= at < first + window.seconds]
            assert len(inside) <= window.cap


@given(st.integers(1, 5), st.sampled_from(["sliding", "fixed"]))
def test_it_tells_when_the_next_one_fits(cap: int, alignment: str) -> None:
    limits = [Window("test", cap, 60, alignment)]  # type: ignore[arg-type]  # one of the two
    gate, now = Gate(), 1_000_000.0
    while (verdict := gate.knock(limits, now)).allowed:
        now += 1
    assert verdict.left == 0
    assert not gate.knock(limits, verdict.reset - 0.001).allowed
    assert gate.knock(limits, verdict.reset + 0.001).allowed


def test_a_cap_of_nothing_lets_nobody_in() -> None:
    assert not Gate().knock([Window("test", 0, 60)], 1_000_000.0).allowed
