"""A precedent holds for posts that say nearly the same, and for no others."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.listening.careful import precedent
from rejoinder.listening.careful.precedent import Found, Precedent, Precedents, Vectors


def unit(*values: float) -> Vectors:
    vector = np.array(values, np.float32)
    return vector / np.linalg.norm(vector)


NEAR = unit(1, 0.1, 0)
KEPT = Precedents(
    [
        Precedent(unit(1, 0, 0), {"need": "urgent"}),
        Precedent(unit(0, 1, 0), {"intent": "billing"}),
    ]
)


def test_the_nearest_holds_when_it_is_close() -> None:
    found = KEPT.find(np.array([NEAR, unit(0, 0, 1), unit(0.1, 1, 0)]))
    assert [one.said if one else None for one in found] == [
        {"need": "urgent"},
        None,
        {"intent": "billing"},
    ]


def test_the_last_word_counts() -> None:
    again = Precedents([Precedent(NEAR, {"need": "vent"}), Precedent(NEAR, {"need": "common"})])
    found = again.find(np.array([NEAR]))[0]
    assert found is not None
    assert found.said == {"need": "common"}


def test_without_precedents_or_posts_nothing_is_found() -> None:
    assert Precedents().find(np.array([NEAR])) == [None]
    assert KEPT.find(np.zeros((0, 3), np.float32)) == []


@given(st.sampled_from(["specific", "common", "vent", "none"]), st.floats(0.88, 0.9699))
def test_nothing_leaves_urgent_for_a_precedent_that_is_only_close(said: str, near: float) -> None:
    assert precedent.need("urgent", Found({"need": said}, near)) == "urgent"
    assert precedent.need("urgent", Found({"need": said}, 0.98)) == said
    assert precedent.need("vent", Found({"need": "urgent"}, near)) == "urgent"
    assert precedent.need("vent", Found({"intent": "billing"}, near)) == "vent"
