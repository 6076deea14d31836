"""The register of incidents, and what finders of leaks reported."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema
from pydantic import AwareDatetime

from rejoinder.answers.models import Answer
from rejoinder.api import changing, shapes
from rejoinder.api.changing import Once
from rejoinder.api.entrance import actor
from rejoinder.crisis import regarding
from rejoinder.crisis.models import Crisis
from rejoinder.privacy.findings import answering
from rejoinder.privacy.findings.rules import Credit
from rejoinder.privacy.incidents import listing, notifying, registering, telling
from rejoinder.privacy.incidents.rules import Risk
from rejoinder.privacy.models import Finding, Incident
from rejoinder.team import access
from rejoinder.team.models import Advisor

router = Router(tags=["incidents"])


class Known(Schema):
    """What is known of it; words are masked before they are kept."""

    name: str = Field(min_length=1, max_length=100)
    aware_at: AwareDatetime
    began_at: AwareDatetime | None = None
    fixed_at: AwareDatetime | None = None
    personal: bool = True
    provider: bool = False
    network: bool = False
    risk: Risk = Risk.UNKNOWN
    people: int | None = Field(None, ge=0, le=2_000_000_000)
    facts: str = Field("", max_length=4000)
    effects: str = Field("", max_length=4000)
    remedy: str = Field("", max_length=4000)


class OneIncident(Schema):
    """An incident of the register."""

    id: UUID
    name: str
    aware_at: datetime
    closed_at: datetime | None


class Listing(Schema):
    """Whose field was opened for a purpose in a time: asked of the ledger."""

    purpose: str = Field(max_length=60)
    field: str = Field(max_length=60)
    since: AwareDatetime
    until: AwareDatetime


class Names(Schema):
    """References of people as another system calls them; `at_least`: there may be more."""

    references: list[str] = Field(min_length=1, max_length=100_000)
    at_least: bool = False


class Listed(Schema):
    """How many people are on it."""

    people: int


class Notified(Schema):
    """What a regulator was told under a rule; `needless`: why they need not be."""

    rule: str = Field(max_length=40)
    words: str = Field(max_length=16_000)
    at: AwareDatetime | None = None
    reference: str = Field("", max_length=60)
    needless: bool = False


class Regarding(Schema):
    """The crisis and the public answer it belongs to; null: none."""

    crisis: UUID | None = None
    answer: UUID | None = None


class ToldHow(Schema):
    """In which way these were told; without names, all who wait."""

    way: str = Field(max_length=20)
    references: list[str] = Field(default=[], max_length=100_000)


class OneFinding(Schema):
    """A report of somebody who found a leak."""

    id: UUID
    reference: str
    came_at: datetime
    where: str
    words: str
    credit: str
    acknowledged_at: datetime | None
    closed_at: datetime | None
    incident: UUID | None


class ToFinder(Schema):
    """Something for the finder."""

    words: str = Field(min_length=1, max_length=4000)


class Crediting(Schema):
    """Whether they are named."""

    credit: Literal["given", "refused"]


class IncidentName(Schema):
    """The name of an incident."""

    name: str = Field(min_length=1, max_length=100)


@router.get("/incidents", response=list[OneIncident], operation_id="incidents")
def incidents(request: HttpRequest) -> list[OneIncident]:
    """The register, newest first; a hundred at most."""
    access.require(actor(request), access.PRIVACY)
    rows = Incident.objects.order_by("-aware_at", "-id")[:100]
    return [
        OneIncident(id=i.public_id, name=i.name, aware_at=i.aware_at, closed_at=i.closed_at)
        for i in rows
    ]


@router.post("/incidents", response=shapes.Written, operation_id="open-incident")
def open_incident(request: HttpRequest, given: Known, once: Once) -> HttpResponse:
    """Put an incident into the register; its clocks run from `aware_at`."""
    return changing.make(request, once, lambda me: registering.open_one(me, _known(given)))


@router.post("/incidents/{id}/change", response=shapes.Written, operation_id="change-incident")
def change(request: HttpRequest, id: UUID, given: Known, once: Once) -> HttpResponse:  # noqa: A002
    """Everything that is known by now, in place of what was."""
    return _done(request, once, id, lambda found, me: registering.change(found, me, _known(given)))


@router.post("/incidents/{id}/list", response=Listed, operation_id="list-incident")
def list_people(request: HttpRequest, id: UUID, given: Listing, once: Once) -> HttpResponse:  # noqa: A002
    """Attach who is concerned, from the ledger."""
    asked = listing.Asked(given.purpose, given.field, given.since, given.until)
    return _listed(request, once, id, lambda found, me: listing.from_ledger(found, me, asked))


@router.post("/incidents/{id}/list-names", response=Listed, operation_id="list-incident-names")
def list_names(request: HttpRequest, id: UUID, given: Names, once: Once) -> HttpResponse:  # noqa: A002
    """Attach who is concerned, from another system."""
    lines = "\n".join(given.references).encode()
    return _listed(
        request,
        once,
        id,
        lambda found, me: listing.from_file(found, me, lines, at_least=given.at_least),
    )


@router.post("/incidents/{id}/tell", response=Listed, operation_id="tell-incident")
def tell(request: HttpRequest, id: UUID, given: ToldHow, once: Once) -> HttpResponse:  # noqa: A002
    """Write down who was told, and how."""
    me = actor(request)

    def do() -> dict[str, Any]:
        return {"people": telling.tell(_find(me, id), me, given.way, given.references)}

    return changing.once(request, once, do)


@router.post("/incidents/{id}/explain", response=shapes.Written, operation_id="explain-incident")
def explain(request: HttpRequest, id: UUID, given: shapes.Why, once: Once) -> HttpResponse:  # noqa: A002
    """Why people are not told."""
    return _done(request, once, id, lambda found, me: registering.explain(found, me, given.why))


@router.post("/incidents/{id}/notify", response=shapes.Written, operation_id="notify-incident")
def notify(request: HttpRequest, id: UUID, given: Notified, once: Once) -> HttpResponse:  # noqa: A002
    """Write down what a regulator was told, or why not."""

    def do(found: Incident, me: Advisor) -> None:
        if given.needless:
            notifying.needless(found, me, given.rule, given.words)
            return
        notifying.sent(found, me, given.rule, given.words, at=given.at, reference=given.reference)

    return _done(request, once, id, do)


@router.post("/incidents/{id}/link", response=shapes.Written, operation_id="link-incident")
def link(request: HttpRequest, id: UUID, given: Regarding, once: Once) -> HttpResponse:  # noqa: A002
    """Link it to a crisis and to a public answer."""

    def do(found: Incident, me: Advisor) -> None:
        crisis = get_object_or_404(Crisis, public_id=given.crisis) if given.crisis else None
        answer = get_object_or_404(Answer, public_id=given.answer) if given.answer else None
        regarding.link(found, me, crisis, answer)

    return _done(request, once, id, do)


@router.post("/incidents/{id}/close", response=shapes.Written, operation_id="close-incident")
def close(request: HttpRequest, id: UUID, once: Once) -> HttpResponse:  # noqa: A002
    """It is over: the people were told, or it is written why not."""
    return _done(request, once, id, registering.close)


@router.get("/findings", response=list[OneFinding], operation_id="findings")
def findings(request: HttpRequest) -> list[OneFinding]:
    """What finders reported, newest first; a hundred at most."""
    access.require(actor(request), access.PRIVACY)
    rows = Finding.objects.select_related("incident").order_by("-came_at", "-id")[:100]
    return [_finding(each) for each in rows]


@router.post(
    "/findings/{id}/acknowledge", response=shapes.Written, operation_id="acknowledge-finding"
)
def acknowledge(request: HttpRequest, id: UUID, once: Once) -> HttpResponse:  # noqa: A002
    """Tell the finder that we have it."""
    return _on_finding(request, once, id, answering.acknowledge)


@router.post("/findings/{id}/tell", response=shapes.Written, operation_id="tell-finder")
def tell_finder(request: HttpRequest, id: UUID, given: ToFinder, once: Once) -> HttpResponse:  # noqa: A002
    """Write something to the finder."""
    return _on_finding(request, once, id, lambda found, me: answering.say(found, me, given.words))


@router.post("/findings/{id}/credit", response=shapes.Written, operation_id="credit-finding")
def credit(request: HttpRequest, id: UUID, given: Crediting, once: Once) -> HttpResponse:  # noqa: A002
    """Name the finder, or not."""
    then = Credit(given.credit)
    return _on_finding(request, once, id, lambda found, me: answering.credit(found, me, then))


@router.post("/findings/{id}/open", response=shapes.Written, operation_id="open-finding")
def open_finding(request: HttpRequest, id: UUID, given: IncidentName, once: Once) -> HttpResponse:  # noqa: A002
    """Make an incident of it; answers its number."""
    return changing.make(
        request, once, lambda me: answering.open_incident(_finding_row(me, id), me, given.name)
    )


@router.post("/findings/{id}/close", response=shapes.Written, operation_id="close-finding")
def close_finding(request: HttpRequest, id: UUID, once: Once) -> HttpResponse:  # noqa: A002
    """Nothing more is to be done."""
    return _on_finding(request, once, id, answering.close)


def _known(given: Known) -> registering.Known:
    return registering.Known(**given.model_dump())


def _find(me: Advisor, public_id: UUID) -> Incident:
    access.require(me, access.PRIVACY)
    return get_object_or_404(Incident, public_id=public_id)


def _done(request: HttpRequest, once: Any, public_id: UUID, do: Any) -> HttpResponse:
    def done(me: Advisor) -> Incident:
        found = _find(me, public_id)
        do(found, me)
        return found

    return changing.make(request, once, done)


def _listed(request: HttpRequest, once: Any, public_id: UUID, do: Any) -> HttpResponse:
    me = actor(request)
    return changing.once(request, once, lambda: {"people": do(_find(me, public_id), me).many})


def _finding_row(me: Advisor, public_id: UUID) -> Finding:
    access.require(me, access.PRIVACY)
    return get_object_or_404(Finding.objects.select_related("incident"), public_id=public_id)


def _on_finding(request: HttpRequest, once: Any, public_id: UUID, do: Any) -> HttpResponse:
    def done(me: Advisor) -> Finding:
        found = _finding_row(me, public_id)
        do(found, me)
        return found

    return changing.make(request, once, done)


def _finding(each: Finding) -> OneFinding:
    return OneFinding(
        id=each.public_id,
        reference=each.reference,
        came_at=each.came_at,
        where=each.where,
        words=each.words,
        credit=each.credit,
        acknowledged_at=each.acknowledged_at,
        closed_at=each.closed_at,
        incident=each.incident.public_id if each.incident else None,
    )
