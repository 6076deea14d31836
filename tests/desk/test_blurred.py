"""Abuse is not shown until somebody asks for it."""

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.desk.blurred import WIDE, lines
from rejoinder.listening.models import Need


@given(st.lists(st.tuples(st.none() | st.sampled_from([*Need]), st.text(max_size=300))))
def test_only_abuse_is_hidden_and_always_says_how_much(pairs: list[tuple[int | None, str]]) -> None:
    found = lines([need for need, _ in pairs], [text for _, text in pairs])
    assert [n > 0 for n in found] == [need == Need.ABUSE for need, _ in pairs]
    for n, (_, text) in zip(found, pairs, strict=True):
        assert n <= 1 + len(text)


def test_long_lines_count_as_those_they_need() -> None:
    texts = ["", "x" * WIDE, "x" * (WIDE + 1), "one\ntwo", "\ud800\x00" * 5_000_000]
    assert lines([Need.ABUSE] * 5, texts) == [1, 1, 2, 2, 10_000_000 // WIDE]
