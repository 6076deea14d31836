"""Micro-clusters: bounded, named once, counting people."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.listening.alike import clusters, people
from rejoinder.listening.alike.clusters import Clusters
from tests.listening.alike.stage import DIMENSIONS, posts


def test_live_centres_are_bounded_and_names_are_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "LIVE", 50)
    monkeypatch.setattr(clusters, "TIDY", 40)
    some = posts(questions=200, each=3)
    live = Clusters(DIMENSIONS)
    names: dict[int, str] = {}
    for post, vector in zip(some.ids, some.vectors, strict=True):
        number = live.join(vector, post, post).number
        name = live.name(number)
        assert name is not None
        assert names.setdefault(number, name) == name
        assert live.size <= 50
        assert len(live.names) <= 50
    assert len(set(names.values())) == len(names) > 100


def test_the_same_post_twice_begins_two_names(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = np.eye(DIMENSIONS, dtype=np.float32)
    live = Clusters(DIMENSIONS)
    numbers = [live.join(vector, "the same id", "x").number for vector in vectors]
    assert len({live.name(number) for number in numbers}) == DIMENSIONS


def test_clusters_that_grew_together_are_joined(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "TIDY", 64)
    some = posts(questions=1, each=64, spread=0.1)
    live = Clusters(DIMENSIONS)
    live._near = 0.999  # so near that what is one question begins as several
    for post, vector in zip(some.ids, np.repeat(some.vectors[:32], 2, axis=0), strict=True):
        live.join(vector, post, post)
    assert live.moved
    assert live.size < 32
    assert int(live.posts[: live.size].sum()) == 64


@given(st.sets(st.text(max_size=20), max_size=40))
def test_people_are_counted_once_each(somebody: set[str]) -> None:
    bitmap = people.none(1)[0]
    for person in [*somebody, *somebody]:
        people.note(bitmap, person)
    assert abs(people.count(bitmap) - len(somebody)) <= 2
