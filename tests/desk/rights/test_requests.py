"""A request from its coming to its answer: nothing leaves before they have shown who they are."""

from datetime import timedelta

import pytest

from rejoinder.desk.models import IdentityCheck, RightsRequest
from rejoinder.desk.refusals import CannotError
from rejoinder.desk.rights import accounts, granting, register
from rejoinder.desk.rights.rules import Kind
from rejoinder.desk.unfinished import unfinished
from rejoinder.listening.models import Mention
from rejoinder.plumbing import clock
from rejoinder.privacy import objections
from rejoinder.privacy.retention import holds
from rejoinder.team.access import NotAllowedError
from tests import people
from tests.web import stage

pytestmark = pytest.mark.django_db(transaction=True)


def asked(kind: Kind, name: str = "Tom") -> RightsRequest:
    talk = stage.says(name, f"my data please, {name}")
    return register.open_one(talk, people.alice(), kind, clock.now(), "call 07700 900123")


def test_a_copy_is_given_to_who_showed_who_they_are() -> None:
    request, dan = asked(Kind.ACCESS), people.dan()
    assert "900123" not in request.words
    with pytest.raises(CannotError, match="who they are"):
        granting.copy(request, dan)
    register.ask_who(request, people.alice())
    register.prove(request, dan, "came to the shop with a passport")
    assert "my data please" in str(granting.copy(request, dan))
    register.answer(request, dan, "Sent by post.", refused=False)
    with pytest.raises(CannotError):
        granting.copy(request, dan)


def test_a_passed_check_is_proof_and_an_advisor_may_say_so() -> None:
    request = asked(Kind.ACCESS)
    with pytest.raises(CannotError):
        register.prove(request, people.alice())
    with pytest.raises(NotAllowedError):
        register.prove(request, people.alice(), "sounded like them")
    now = clock.now()
    IdentityCheck.objects.create(
        reference="ABCD-EFGH",
        conversation=request.conversation,
        offered_by=people.alice(),
        offered_at=now,
        passed=True,
        ended_at=now,
    )
    register.prove(request, people.alice())
    assert request.proved_how == "identity check ABCD-EFGH"


def test_an_erasure_takes_everything_and_the_request_stays() -> None:
    request, dan = asked(Kind.ERASURE), people.dan()
    register.prove(request, dan, "wrote from their account")
    assert granting.erase(request, dan)
    assert not Mention.objects.filter(text__contains="Tom").exists()
    register.answer(request, dan, "All was erased.", refused=False)
    assert request.outcome == "done"


def test_a_legal_hold_stops_an_erasure() -> None:
    request, dan = asked(Kind.ERASURE), people.dan()
    register.prove(request, dan, "wrote from their account")
    holds.place(dan, granting.person(request), "Case 7", clock.now() + timedelta(days=9), dan)
    with pytest.raises(CannotError, match="Case 7"):
        granting.erase(request, dan)
    with pytest.raises(CannotError):
        register.answer(request, dan, "All was erased.", refused=False)
    register.answer(request, dan, "A claim is open, Article 17(3)(e).", refused=True)
    assert request.outcome == "refused"


def test_who_objects_is_silenced_also_after_an_erasure() -> None:
    request, dan = asked(Kind.OBJECTION), people.dan()
    person = granting.person(request)
    register.prove(request, dan, "wrote from their account")
    granting.silence(request, dan)
    assert objections.of([person]) == {person}
    objections.end(person)
    assert objections.of([person]) == set()


def test_what_is_asked_for_is_what_is_done() -> None:
    request, dan = asked(Kind.ACCESS), people.dan()
    register.prove(request, dan, "wrote from their account")
    with pytest.raises(CannotError):
        granting.erase(request, dan)
    with pytest.raises(CannotError):
        granting.silence(request, dan)


def test_one_request_of_a_kind_is_open_and_keeps_the_person_from_being_forgotten() -> None:
    request = asked(Kind.CORRECTION)
    person = granting.person(request)
    assert unfinished([person]) == {person}
    with pytest.raises(CannotError):
        asked(Kind.CORRECTION)
    talk, soon = request.conversation, clock.now() + timedelta(hours=1)
    with pytest.raises(CannotError):
        register.open_one(talk, people.alice(), Kind.ACCESS, soon)
    with pytest.raises(CannotError):
        register.answer(request, people.dan(), " ", refused=False)
    register.answer(request, people.dan(), "The note was put right.", refused=False)
    assert unfinished([person]) == set()


def test_an_advisor_gives_nothing_out_and_the_auditor_opens_nothing() -> None:
    request, alice = asked(Kind.ACCESS), people.alice()
    for act in (granting.copy, granting.erase, granting.silence):
        with pytest.raises(NotAllowedError):
            act(request, alice)
    with pytest.raises(NotAllowedError):
        register.answer(request, alice, "done", refused=False)
    with pytest.raises(NotAllowedError):
        register.open_one(request.conversation, people.ann(), Kind.ERASURE, clock.now())


def test_one_request_is_done_for_every_account_of_theirs() -> None:
    request, dan = asked(Kind.ERASURE), people.dan()
    other = stage.says("Tom at work", "my other account")
    with pytest.raises(CannotError, match="theirs"):
        accounts.add(request, other, dan, " ")
    with pytest.raises(NotAllowedError):
        accounts.add(request, other, people.alice(), "said so")
    accounts.add(request, other, dan, "wrote the same code from both")
    with pytest.raises(CannotError, match="already"):
        accounts.add(request, other, dan, "wrote the same code from both")
    assert unfinished([accounts.person(other)]) == {accounts.person(other)}
    register.prove(request, dan, "wrote from their account")
    hold = holds.place(dan, accounts.person(other), "Case 7", clock.now() + timedelta(days=9), dan)
    with pytest.raises(CannotError, match="Case 7"):
        granting.erase(request, dan)
    assert Mention.objects.filter(text__contains="my data please").exists()  # all or nothing
    holds.end(hold, dan)
    granting.erase(request, dan)
    assert not Mention.objects.filter(ours=False).exclude(text="").exists()
    with pytest.raises(CannotError, match="done"):
        accounts.add(request, stage.says("Third", "and this one"), dan, "said so")


def test_a_copy_and_an_objection_are_about_every_account() -> None:
    dan, other = people.dan(), stage.says("Tom at work", "my other account")
    for kind, grant in ((Kind.ACCESS, granting.copy), (Kind.OBJECTION, granting.silence)):
        request = asked(kind)
        IdentityCheck.objects.create(
            reference=f"{kind}"[:14],
            conversation=other,
            offered_by=dan,
            offered_at=clock.now(),
            passed=True,
            ended_at=clock.now(),
        )
        accounts.add(request, other, dan, "")
        register.prove(request, dan, "wrote from their account")
        said = grant(request, dan)
        if kind == Kind.ACCESS:
            assert "my data please" in str(said)
            assert "my other account" in str(said)
        else:
            both = granting.people(request)
            assert len(both) == 2
            assert objections.of(both) == set(both)
            granting.hear_again(request, dan)
            assert not objections.of(both)
