"""A wrong number or name is put right for who showed who they are, and kept nowhere after that."""

import pytest

from rejoinder.desk.models import RightsRequest
from rejoinder.desk.refusals import CannotError
from rejoinder.desk.rights import accounts, correcting, granting, register
from rejoinder.desk.rights.rules import Kind
from rejoinder.listening.models import Conversation
from rejoinder.listening.models import Person as Row
from rejoinder.plumbing import clock
from rejoinder.privacy import contacts
from rejoinder.privacy.contacts import Reach, Whose
from rejoinder.privacy.models import Cell
from rejoinder.team.access import NotAllowedError
from rejoinder.team.models import AuditLine
from tests import people
from tests.api.program import Program
from tests.web import stage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]


def tells(talk: Conversation, number: str) -> None:
    person = talk.person
    contacts.seal([Reach(person.channel, person.external_id, "phone", number)])


def opened(talk: Conversation) -> str | None:
    person = talk.person
    whose = Whose(person.channel, person.external_id, "phone")
    return contacts.open_contact(whose, "callback", people.alice(), "asked to be called")


def asked(talk: Conversation, *, proved: bool = True) -> RightsRequest:
    made = register.open_one(talk, people.alice(), Kind.CORRECTION, clock.now(), "wrong number")
    if proved:
        register.prove(made, people.dan(), "came to the shop with a passport")
    return made


def test_a_number_is_put_right_on_each_account_that_has_it() -> None:
    tom, other, third = (
        stage.says("Tom", "call me"),
        stage.says("Tommy", "call me", channel="mastodon"),
        stage.says("Thomas", "hello", channel="flickr"),
    )
    for talk in (tom, other):
        tells(talk, "07700 900123")
    request = asked(tom)
    for talk in (other, third):
        accounts.add(request, talk, people.dan(), "wrote the same code from both")

    assert correcting.correct(request, people.dan(), "phone", " 07700  900124 ") == 2
    assert opened(tom) == opened(other) == "07700 900124"
    assert opened(third) is None
    line = AuditLine.objects.get(action="corrected what is kept of a person")
    assert "900124" not in str(line.detail)
    assert Cell.objects.count() == 2


def test_nothing_is_changed_before_they_showed_who_they_are() -> None:
    talk = stage.says("Tom", "call me")
    tells(talk, "07700 900123")
    with pytest.raises(CannotError, match="who they are"):
        correcting.correct(asked(talk, proved=False), people.dan(), "phone", "07700 900124")
    assert opened(talk) == "07700 900123"


def test_only_who_keeps_privacy_puts_it_right_and_only_where_it_was_asked() -> None:
    talk = stage.says("Tom", "call me")
    tells(talk, "07700 900123")
    request = asked(talk)
    with pytest.raises(NotAllowedError):
        correcting.correct(request, people.alice(), "phone", "07700 900124")
    access = register.open_one(talk, people.alice(), Kind.ACCESS, clock.now(), "")
    with pytest.raises(CannotError, match="not what they asked"):
        correcting.correct(access, people.dan(), "phone", "07700 900124")


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("email", "tom@example.com", "No contact of this kind"),
        ("pin", "1234", "No contact of this kind"),
        ("phone", "  ", "in one line"),
        ("phone", "0" * 301, "in one line"),
        ("name", "Tom", "Their platform tells"),
    ],
)
def test_what_cannot_be_put_right(field: str, value: str, reason: str) -> None:
    talk = stage.says("Tom", "call me")
    tells(talk, "07700 900123")
    with pytest.raises(CannotError, match=reason):
        correcting.correct(asked(talk), people.dan(), field, value)


def test_a_name_that_they_told_us_is_put_right() -> None:
    talk = stage.says("Graney Smith", "no signal", channel="phone")
    request = asked(talk)
    assert correcting.may_name(request)
    assert correcting.correct(request, people.dan(), "name", "Granny Smith") == 1
    assert Row.objects.get(pk=talk.person_id).name == "Granny Smith"
    assert not correcting.may_name(asked(stage.says("Tom", "hello")))


def test_a_program_puts_it_right_once() -> None:
    talk = stage.says("Tom", "call me")
    tells(talk, "07700 900123")
    request = asked(talk)
    program = Program(people.dan())
    right = {"field": "phone", "value": "07700 900124"}
    answer = program.post(f"/rights/{request.public_id}/correct", right)
    assert answer.json() == {"accounts": 1}
    register.answer(request, people.dan(), "Put right.", refused=False)
    late = program.post(f"/rights/{request.public_id}/correct", right)
    assert late.status_code == 409
    assert granting.people(request)
