"""The public log: every revision in it, in order, and a silent change shows."""

import json

import pytest

from rejoinder.answers import actions
from rejoinder.answers.models import Leaf, Revision
from rejoinder.answers.record import differing, entry_of
from rejoinder.plumbing.merkle.entry import hashed
from tests import people
from tests.answers.newsroom import TEXT, opened, published

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def test_every_revision_has_its_entry_and_its_place() -> None:
    answer, other = opened("One"), opened("Two")
    published(answer)
    published(other)
    published(answer, TEXT + " Sorry.")
    actions.withdraw(other, people.dan(), "A mistake.")

    leaves = list(Leaf.objects.order_by("place"))

    assert [leaf.place for leaf in leaves] == [0, 1, 2, 3]
    assert [json.loads(leaf.entry)["kind"] for leaf in leaves] == ["published"] * 3 + ["withdrawn"]
    assert all(leaf.hash == hashed(leaf.entry) for leaf in leaves)
    assert json.loads(leaves[2].entry)["text"] == TEXT + " Sorry."
    assert json.loads(leaves[3].entry)["why"] == "A mistake."


def test_a_row_that_was_changed_is_not_what_the_log_says() -> None:
    revision = published(opened())
    entry = Leaf.objects.get().entry
    assert entry_of(Revision.objects.get(pk=revision.pk)) == entry
    assert differing() == []

    Revision.objects.filter(pk=revision.pk).update(text="We never said 13:00.")

    assert entry_of(Revision.objects.get(pk=revision.pk)) != entry
    assert differing() == [0]


def test_an_entry_that_is_gone_or_rewritten_shows_too() -> None:
    for title in ("One", "Two", "Three"):
        published(opened(title))
    Leaf.objects.filter(place=1).update(hash="0" * 64)
    assert differing() == [1]

    Leaf.objects.filter(place=1).delete()

    assert differing() == [2]


def test_the_log_says_nothing_of_who_works_here() -> None:
    published(opened())

    entry = Leaf.objects.get().entry
    assert "Alice" not in entry
    assert "Dan" not in entry
