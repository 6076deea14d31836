"""Putting right how somebody is reached, or what they are called, when they ask for it."""

from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.channels import registry
from rejoinder.desk.models import RightsRequest
from rejoinder.desk.refusals import CannotError
from rejoinder.desk.rights import granting, register
from rejoinder.desk.rights.rules import Kind
from rejoinder.listening.models import Person as Row
from rejoinder.privacy import contacts
from rejoinder.privacy.contacts import Reach
from rejoinder.privacy.vault import Person
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

NAME = "name"
KINDS = ("phone", "email", "address")
LONGEST = 300  # characters of a contact; a name has 100


def may_name(request: RightsRequest) -> bool:
    """Whether one of their accounts has a name that they told us, not one a platform shows."""
    return any(_named_by_us(one) for one in granting.people(request))


def kinds(request: RightsRequest) -> list[str]:
    """The kinds of contact that are kept of them."""
    return [kind for kind in KINDS if _who_told(request, kind)]


def correct(request: RightsRequest, actor: Advisor, field: str, value: str) -> int:
    """Keep this in place of what was wrong, on each of their accounts that has it; how many.

    The wrong value is kept nowhere, and what they agreed to for it ends with it. Raises
    CannotError before they have shown who they are, and where there is nothing to put right.
    """
    access.require(actor, access.PRIVACY)
    granting.ready(request, Kind.CORRECTION)
    said = " ".join(value.split())
    if not said or len(said) > (100 if field == NAME else LONGEST):
        raise CannotError(_("Write what is right, in one line."))
    with transaction.atomic():
        row = register.locked(request)
        many = _name(row, said) if field == NAME else _contact(row, field, said)
        audit.line(actor, "corrected what is kept of a person", field, accounts=many)
    return many


def _name(request: RightsRequest, name: str) -> int:
    people = [one for one in granting.people(request) if _named_by_us(one)]
    if not people:
        raise CannotError(
            _("Their platform tells what they are called: it is put right when they change it.")
        )
    return sum(
        Row.objects.filter(channel=one.channel, external_id=one.external_id).update(name=name)
        for one in people
    )


def _contact(request: RightsRequest, kind: str, value: str) -> int:
    people = _who_told(request, kind) if kind in KINDS else []
    if not people:
        raise CannotError(_("No contact of this kind is kept of them."))
    contacts.seal([Reach(one.channel, one.external_id, kind, value) for one in people])
    return len(people)


def _who_told(request: RightsRequest, kind: str) -> list[Person]:
    return [
        one
        for one in granting.people(request)
        if contacts.told(one.channel, [one.external_id], kind)
    ]


def _named_by_us(person: Person) -> bool:
    channel = registry.channels().get(person.channel)
    return channel is not None and channel.told_names
