"""What is sealed: told for a purpose, granted or taken away; the ledger has it first.

None takes a key: whoever opens twice has opened it twice, and the ledger says so. Nothing of an
answer is kept.
"""

import json
from base64 import b64encode
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema
from pydantic import AwareDatetime

from rejoinder.api import shapes
from rejoinder.api.entrance import actor
from rejoinder.api.problems import ProblemError
from rejoinder.desk import consenting
from rejoinder.desk.models import RightsRequest
from rejoinder.desk.panel import asking
from rejoinder.desk.rights import granting
from rejoinder.listening.models import Mention
from rejoinder.privacy import audience, contacts, originals, voices
from rejoinder.privacy.consents import keeping
from rejoinder.privacy.findings import answering
from rejoinder.privacy.incidents import telling
from rejoinder.privacy.ledger import outside
from rejoinder.privacy.models import Consent, Finding, Incident
from rejoinder.team import access

router = Router(tags=["opened"])
_ONE = "/conversations/{id}"


class Purpose(Schema):
    """What it is opened for, by the name of a purpose, and why."""

    purpose: str = Field(max_length=60)
    why: str = Field(min_length=1, max_length=300)


class Reaching(Purpose):
    """Which way to reach them: `phone`, `email`, `address`."""

    kind: str = Field(max_length=20)


class Opened(Schema):
    """What was sealed."""

    said: str


class OneFact(Schema):
    """A line of the customer system."""

    label: str
    value: str


class Customer(Schema):
    """What the customer system tells of them; `hidden` lines want an identity check first."""

    facts: list[OneFact]
    hidden: int


class Because(Schema):
    """Why it is opened."""

    why: str = Field(min_length=1, max_length=300)


class Matching(Because):
    """A marketer's list: hashes, and the kind of contact they were made from."""

    field: str = Field(max_length=20)
    hashes: list[str] = Field(max_length=1_000_000)


class Matched(Schema):
    """Those hashes whose people granted marketing."""

    hashes: list[str]


class ToTell(Schema):
    """Somebody who was not told yet, and how they are reached; empty where we do not know."""

    reference: str
    email: str
    phone: str
    address: str


class Copied(Schema):
    """All that is kept of a person, an entry for each of their accounts."""

    accounts: list[dict[str, Any]]


class Gone(Schema):
    """How many rows were erased."""

    rows: int


class ConsentSaid(Schema):
    """What they said about which kind of contact, for which purpose, to the end of which day;
    `mention` is the private message in which they said it, null when the words were read to them.
    """

    field: str = Field(max_length=60)
    purpose: str = Field(max_length=60)
    last_day: date
    yes: bool
    mention: int | None = Field(None, ge=0, lt=2**63)


class ConsentKept(Schema):
    """The number of an answer, the words it counts for, and whether it holds."""

    id: int
    words: str
    holds: bool


class Logged(Schema):
    """One opening by another system; `subject` is what it calls a person: no contact data."""

    at: AwareDatetime
    subject: str = Field(max_length=60)
    field: str = Field(max_length=60)
    purpose: str = Field(max_length=60)
    actor: str = Field(max_length=60)
    why: str = Field("", max_length=500)


class Log(Schema):
    """Every opening by a system between two times."""

    system: str = Field(max_length=60)
    since: AwareDatetime
    until: AwareDatetime
    openings: list[Logged] = Field(max_length=10_000)


class Added(Schema):
    """How many openings were added."""

    openings: int


@router.post(f"{_ONE}/original/{{number}}", response=Opened, operation_id="original")
def original(request: HttpRequest, id: UUID, number: int, given: Purpose) -> Opened:  # noqa: A002
    """A post as it was written, before personal data in it was hidden."""
    me = actor(request)
    access.require(me, access.OPEN)
    talk = shapes.find(me, id)
    inside = Q(channel=talk.channel, thread=talk.thread) | Q(conversation=talk)
    mention = get_object_or_404(Mention, inside, pk=number)
    return Opened(said=originals.open_original(mention, given.purpose, me, given.why))


@router.post(f"{_ONE}/voice/{{number}}", response=Opened, operation_id="voice")
def voice(request: HttpRequest, id: UUID, number: int, given: Purpose) -> Opened:  # noqa: A002
    """The message of a call as it was recorded: a WAV, in base64."""
    me = actor(request)
    access.require(me, access.OPEN)
    talk = shapes.find(me, id)
    inside = Q(channel=talk.channel, thread=talk.thread) | Q(conversation=talk)
    mention = get_object_or_404(Mention, inside, pk=number)
    sound = voices.open_voice(mention, given.purpose, me, given.why)
    return Opened(said=b64encode(sound).decode("ascii"))


@router.post(f"{_ONE}/reach", response=Opened, operation_id="reach")
def reach(request: HttpRequest, id: UUID, given: Reaching) -> Opened:  # noqa: A002
    """How the person of a conversation is reached."""
    me = actor(request)
    access.require(me, access.OPEN)
    talk = shapes.find(me, id)
    whose = contacts.Whose(talk.person.channel, talk.person.external_id, given.kind)
    said = contacts.open_contact(whose, given.purpose, me, given.why)
    if said is None:
        raise Http404
    return Opened(said=said)


@router.post(f"{_ONE}/customer", response=Customer, operation_id="ask-customer")
def ask_customer(request: HttpRequest, id: UUID) -> Customer:  # noqa: A002
    """Ask the customer system about the person of a conversation; nothing of it is kept."""
    me = actor(request)
    access.require(me, access.OPEN)
    known = asking.ask(shapes.find(me, id), me)
    facts = [OneFact(label=each.label, value=each.value) for each in known.facts]
    return Customer(facts=facts, hidden=known.hidden)


@router.post("/findings/{id}/contact", response=Opened, operation_id="finder-contact")
def finder_contact(request: HttpRequest, id: UUID, given: Because) -> Opened:  # noqa: A002
    """How the finder of a leak is reached."""
    me = actor(request)
    access.require(me, access.PRIVACY)
    said = answering.contact(get_object_or_404(Finding, public_id=id), me, given.why)
    if said is None:
        raise Http404
    return Opened(said=said)


@router.post("/incidents/{id}/contacts", response=list[ToTell], operation_id="incident-contacts")
def incident_contacts(request: HttpRequest, id: UUID) -> list[ToTell]:  # noqa: A002
    """Everybody concerned who was not told yet, for letters, e-mail or SMS."""
    me = actor(request)
    access.require(me, access.PRIVACY)
    access.require(me, access.OPEN)
    found = telling.contacts(get_object_or_404(Incident, public_id=id), me)
    return [ToTell(**line._asdict()) for line in found]


@router.post("/rights/{id}/copy", response=Copied, operation_id="give-copy")
def give_copy(request: HttpRequest, id: UUID) -> dict[str, Any]:  # noqa: A002
    """A copy of all that is kept of somebody who asked for one and showed who they are."""
    return granting.copy(_request(request, id), actor(request))


@router.post("/rights/{id}/erase", response=Gone, operation_id="erase-person")
def erase_person(request: HttpRequest, id: UUID) -> Gone:  # noqa: A002
    """Take away all that is kept of them; what died half way is done again from the start."""
    return Gone(rows=granting.erase(_request(request, id), actor(request)))


@router.get(f"{_ONE}/consent", response=list[ConsentKept], operation_id="consent")
def consents(request: HttpRequest, id: UUID) -> list[ConsentKept]:  # noqa: A002
    """Everything they said, the newest first."""
    return [_consent(row) for row in consenting.said(shapes.find(actor(request), id))]


@router.post(f"{_ONE}/consent", response=ConsentKept, operation_id="keep-consent")
def keep_consent(request: HttpRequest, id: UUID, given: ConsentSaid) -> ConsentKept:  # noqa: A002
    """Write down a yes or a no; the same again takes the place of the first."""
    me = actor(request)
    answer = consenting.Answer(**given.model_dump())
    return _consent(consenting.keep(shapes.find(me, id), me, answer))


@router.post(
    f"{_ONE}/consent/{{number}}/withdraw", response=ConsentKept, operation_id="withdraw-consent"
)
def withdraw_consent(request: HttpRequest, id: UUID, number: int) -> ConsentKept:  # noqa: A002
    """They took it back: from now on nothing opens by it."""
    me = actor(request)
    access.require(me, access.ANSWER)
    rows = {row.pk: row for row in consenting.said(shapes.find(me, id))}
    if number not in rows:
        raise Http404
    if rows[number].ended_at is None:
        keeping.end(rows[number], me)
    rows[number].refresh_from_db()
    return _consent(rows[number])


@router.post("/audience", response=Matched, operation_id="match-audience")
def match_audience(request: HttpRequest, given: Matching) -> Matched:
    """Match a marketer's list: only who granted marketing is found."""
    me = actor(request)
    access.require(me, access.PRIVACY)
    access.require(me, access.OPEN)
    if given.field not in audience.fields():
        raise ProblemError(422, "not-understood", f"field: {', '.join(audience.fields())}")
    hashes = audience.read("\n".join(given.hashes).encode())
    return Matched(hashes=sorted(audience.match(hashes, given.field, me, given.why)))


@router.post("/openings", response=Added, operation_id="add-openings")
def add_openings(request: HttpRequest, given: Log) -> Added:
    """Add the openings of another system to the ledger, with the word that these are all of that
    time. The same log is added once.
    """
    lines = (json.dumps(each.model_dump(mode="json"), sort_keys=True) for each in given.openings)
    log = "\n".join(lines).encode()
    return Added(openings=outside.add(actor(request), given.system, log, given.since, given.until))


def _consent(row: Consent) -> ConsentKept:
    return ConsentKept(id=row.pk, words=row.words, holds=row.ended_at is None)


def _request(request: HttpRequest, public_id: UUID) -> RightsRequest:
    access.require(actor(request), access.PRIVACY)
    return get_object_or_404(RightsRequest, public_id=public_id)
