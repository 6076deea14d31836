"""Whom a note calls."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.desk import actions as desk
from rejoinder.desk.models import NoteCall
from rejoinder.desk.notes import calling
from rejoinder.desk.notes.names import called
from rejoinder.plumbing.models import Change
from rejoinder.team import access
from tests import people, scene

TEAM = {1: "Bob Baker", 2: "Ann-Sophie Lund", 3: "Bob Carter", 4: "Şule", 5: "Li"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@Bob Baker and @li, please", [1, 5]),
        ("@BOB  carter", []),
        ("@bob carter: see @Bob Baker", [3, 1]),
        ("@Bob looks", []),
        ("@ann-sophie?", [2]),
        ("@Lisa", []),
        ("bob.baker@li.example, @", []),
        ("@şule @Şule", [4]),
        ("", []),
        ("\ud800@Li\x00", [5]),
    ],
)
def test_names_are_found(text: str, expected: list[int]) -> None:
    assert called([text], TEAM) == [expected]


@given(st.lists(st.text(st.sampled_from("@ bobkeracliş.\n\x00👍")), max_size=4))
def test_whatever_is_written_calls_colleagues_once_and_each_text_by_itself(
    texts: list[str],
) -> None:
    found = called(texts, TEAM)
    assert found == [called([text], TEAM)[0] for text in texts]
    assert all(len(set(each)) == len(each) and set(each) <= set(TEAM) for each in found)


@given(st.text(max_size=60))
def test_without_an_at_nobody_is_called(text: str) -> None:
    assert called([text.replace("@", "")], TEAM) == [[]]


@pytest.mark.django_db
def test_who_is_called_finds_it_until_it_is_seen(monday: datetime) -> None:
    alice, bob, dan = people.alice(), people.bob(), people.dan()
    tom = scene.wrote("Tom", "No signal")
    Change.objects.all().delete()
    desk.note(tom, alice, "@Bob, @Alice: mast 114 again? @Ann @Charlie")
    assert "queue" in set(Change.objects.values_list("topic", flat=True))
    assert [call.note.conversation for call in calling.for_you(bob)] == [tom]
    assert [calling.unseen(each).count() for each in (alice, bob, dan)] == [0, 1, 0]
    row = NoteCall.objects.get()
    calling.saw(row, dan)
    assert calling.unseen(bob).count() == 1
    calling.saw(row, bob)
    assert calling.unseen(bob).count() == 0
    with pytest.raises(access.NotAllowedError):
        calling.saw(row, people.ann())
