"""Somebody passes for Northwind: they are found once, and people are called when they answer."""

from datetime import timedelta
from typing import Any

import pytest

from rejoinder.desk.impostors import actions, listed, seeking
from rejoinder.desk.models import Draft, Impostor, OwnContact
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Conversation, Person
from rejoinder.plumbing import clock
from rejoinder.team.access import NotAllowedError
from rejoinder.team.models import AuditLine, Call
from tests import people
from tests.web import stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

HANDLE = "n0rthwind.example"


def looks_like_us(
    said: str = "Send me your PIN", *, thread: str = "", minutes_ago: float = 5
) -> Conversation:
    stage.person("Imp", handle=HANDLE)
    return stage.says("Imp", said, thread=thread, minutes_ago=minutes_ago)


def found() -> Impostor:
    return Impostor.objects.select_related("person", "account").get()


def answers_tom() -> Conversation:
    tom = stage.says("Tom", "no signal", thread="at://one")
    looks_like_us(thread="at://one")
    seeking.run()
    return tom


def test_who_looks_like_us_is_found_once() -> None:
    looks_like_us()
    assert seeking.run() == 1
    assert seeking.run() == 0
    looks_like_us("again")
    assert seeking.run() == 1
    assert (found().person.name, found().like) == ("Imp", "letters")
    assert not Call.objects.exists()
    assert AuditLine.objects.filter(action="found an account that looks like ours").count() == 1


def test_who_is_on_duty_is_called_when_they_answer_somebody() -> None:
    answers_tom()
    assert found().answers_at is not None
    assert Call.objects.get().about == f"impostor:{found().pk}"
    assert listed.answering(people.alice()) == 1


@pytest.mark.parametrize("who", ["ours", "private", "staff", "ordinary", "just now"])
def test_others_are_not_listed(who: str) -> None:
    account = stage.account()
    handle = "tom.example" if who == "ordinary" else HANDLE
    stage.person("Imp", handle=handle)
    if who == "ours":
        Person.objects.filter(name="Imp").update(external_id=account.external_id)
    if who == "staff":
        OwnContact.objects.create(
            kind="staff", text=f"@{handle}", added_by=people.olga(), added_at=clock.now()
        )
    name = "Imp" if who != "ours" else None
    if name:
        stage.says(
            "Imp", "hello", public=who != "private", minutes_ago=0 if who == "just now" else 5
        )
    seeking.run()
    assert not Impostor.objects.exists()


def test_a_batch_is_read_with_few_queries(django_assert_max_num_queries: Any) -> None:
    for number in range(40):
        stage.says(f"Person {number}", "no signal")
    with django_assert_max_num_queries(45):
        assert seeking.run() == 40


def test_whom_they_answered_is_warned_by_a_person() -> None:
    tom = answers_tom()
    [shown] = listed.open_ones(people.alice(), "en")
    assert shown.answered == [tom]
    assert actions.warn(found(), tom, people.alice()) == tom
    draft = Draft.objects.get(conversation=tom).text
    assert draft.startswith(f"Please take care: {HANDLE} is not us. We are northwind.example.")
    tom.refresh_from_db()
    assert tom.holder == people.alice()


def test_nobody_else_is_warned_of_them() -> None:
    answers_tom()
    rosa = stage.says("Rosa", "something else")
    with pytest.raises(CannotError):
        actions.warn(found(), rosa, people.alice())


def test_who_is_none_is_never_listed_again() -> None:
    answers_tom()
    with pytest.raises(CannotError):
        actions.end(found(), people.dan(), Impostor.End.NONE, " ")
    actions.end(found(), people.dan(), Impostor.End.NONE, "A shop of ours, 07700 900123")
    looks_like_us("hello")
    seeking.run()
    assert listed.open_ones(people.alice(), "en") == []
    assert "07700" not in found().end_why


def test_who_was_gone_and_comes_back_is_open_again() -> None:
    answers_tom()
    actions.end(found(), people.dan(), Impostor.End.GONE, "")
    assert [row.end for row in listed.ended(people.dan())] == ["gone"]
    looks_like_us("back", minutes_ago=-60)
    with pytest.MonkeyPatch.context() as later:
        hours = clock.now() + timedelta(hours=2)
        later.setattr(clock, "now", lambda: hours)
        seeking.run()
    assert found().end == ""


def test_it_is_reported_by_who_answers_and_closed_by_who_steers() -> None:
    answers_tom()
    actions.reported(found(), people.alice())
    actions.reported(found(), people.dan())
    assert found().reported_by == people.alice()
    assert listed.answering(people.alice()) == 0
    with pytest.raises(NotAllowedError):
        actions.end(found(), people.alice(), Impostor.End.GONE, "")
    with pytest.raises(NotAllowedError):
        actions.reported(found(), people.ann())
    with pytest.raises(CannotError):
        actions.end(found(), people.dan(), "else", "")
