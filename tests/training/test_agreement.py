"""Two labellings side by side."""

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from training.agreement import agreement, kappa, raw, read

LABEL = st.sampled_from(["urgent", "common", "vent"])
PAIRS = st.lists(st.tuples(LABEL, LABEL), min_size=1, max_size=60)


@given(PAIRS)
def test_kappa_is_the_one_of_the_textbooks(pairs: list[tuple[str, str]]) -> None:
    first, second = zip(*pairs, strict=True)
    ours = kappa(first, second)
    if math.isnan(ours):
        assert len({*first, *second}) == 1
    else:
        assert ours == pytest.approx(cohen_kappa_score(first, second))


@given(PAIRS)
def test_it_does_not_matter_who_was_first(pairs: list[tuple[str, str]]) -> None:
    first, second = zip(*pairs, strict=True)
    assert kappa(first, second) == pytest.approx(kappa(second, first), nan_ok=True)
    assert raw(first, second) == raw(second, first)


@given(st.lists(LABEL, min_size=2).filter(lambda labels: len(set(labels)) > 1))
def test_a_labelling_agrees_with_itself(labels: list[str]) -> None:
    assert raw(labels, labels) == 1
    assert kappa(labels, labels) == pytest.approx(1)


def test_opposites_are_worse_than_chance() -> None:
    assert kappa([True, False], [False, True]) == -1


def test_only_posts_that_both_labelled_count() -> None:
    first = {"a:1": {"need": "vent"}, "a:2": {"need": "none"}, "a:3": {"need": "none"}}
    second = {"a:2": {"need": "none"}, "a:3": {"need": "vent"}, "a:9": {"need": "none"}}
    [row] = agreement(first, second, ["need"])
    assert (row.field, row.posts, row.raw) == ("need", 2, 0.5)


def test_files_without_a_common_post_are_refused() -> None:
    with pytest.raises(ValueError, match="share no post"):
        agreement({"a:1": {"need": "vent"}}, {"a:2": {"need": "vent"}}, ["need"])


def test_a_file_is_read_by_key_or_id(tmp_path: Path) -> None:
    file = tmp_path / "labels.jsonl"
    file.write_text('{"key": "a:1", "need": "vent"}\n{"id": "b-2", "need": "none"}\n')
    assert {key: row["need"] for key, row in read(file).items()} == {"a:1": "vent", "b-2": "none"}


def test_a_folder_is_read_as_one(tmp_path: Path) -> None:
    (tmp_path / "one.jsonl").write_text('{"id": "b-2", "need": "none"}\n')
    (tmp_path / "two.jsonl").write_text('{"id": "a-1", "need": "vent"}\n')
    assert read(tmp_path).keys() == {"a-1", "b-2"}
