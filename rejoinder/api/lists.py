"""What leads keep for everybody: tags, reasons, saved replies, areas, experts, guidelines."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from rejoinder.api import changing, shapes
from rejoinder.api.changing import Once
from rejoinder.api.entrance import actor
from rejoinder.desk import ours, reasons, saved, tags
from rejoinder.desk.experts import areas
from rejoinder.desk.guidelines import keeping, standing, starters
from rejoinder.desk.guidelines.words import Words
from rejoinder.desk.models import (
    BusinessArea,
    CloseReason,
    Expert,
    Guideline,
    GuidelineComment,
    GuidelineVersion,
    OwnContact,
    SavedReply,
    Tag,
)
from rejoinder.team import access
from rejoinder.team.models import Advisor

router = Router(tags=["lists"])


class OneTag(Schema):
    """A tag of the organisation's list."""

    id: int
    name: str


class OneReason(Schema):
    """A reason that is offered when a conversation is closed."""

    id: int
    name: str


class OneSaved(Schema):
    """Words that are kept to be used again."""

    id: int
    name: str
    text: str


class OneExpert(Schema):
    """Somebody of the house who answers questions."""

    id: int
    name: str


class Area(Schema):
    """A part of the business, and who answers for it."""

    id: int
    name: str
    experts: list[OneExpert]


class OneContact(Schema):
    """Something of ours that may stand in public."""

    id: int
    kind: str
    text: str


class OneGuideline(Schema):
    """A rule as it stands."""

    id: int
    version: int
    number: int
    title: str
    text: str
    good: str
    poor: str
    cues: str
    instead: str


class Name(Schema):
    """What it is called."""

    name: str = Field(min_length=1, max_length=100)


class Wording(Name):
    """A name to find it by, and the words."""

    text: str = Field(min_length=1, max_length=20_000)


class AreaWords(Schema):
    """Its name, and the intents of a reading for which it is proposed."""

    name: str = Field(min_length=1, max_length=60)
    intents: list[str] = Field(default=[], max_length=50)


class NewExpert(Schema):
    """Somebody of the house who can be asked by e-mail."""

    name: str = Field(min_length=1, max_length=100)
    email: str = Field(max_length=254)
    language: str = Field(settings.LANGUAGE_CODE, max_length=10)


class NewContact(Schema):
    """`kind`: phone, email, place, domain, staff or partner."""

    kind: str = Field(max_length=10)
    text: str = Field(min_length=1, max_length=300)


class Rule(Schema):
    """What a guideline says; `seen` is the number of the version that was read before."""

    title: str = Field(min_length=1, max_length=120)
    text: str = Field("", max_length=10_000)
    good: str = Field("", max_length=10_000)
    poor: str = Field("", max_length=10_000)
    cues: str = Field("", max_length=10_000)
    instead: str = Field("", max_length=200)
    seen: int = Field(0, ge=0, lt=2**31)


class Comment(Schema):
    """What a colleague says of a guideline."""

    text: str = Field(min_length=1, max_length=2000)


class Begun(Schema):
    """How many it began with."""

    rules: int


@router.get("/tags", response=list[OneTag], operation_id="tags")
def list_tags(request: HttpRequest) -> list[OneTag]:
    """The organisation's tags."""
    access.require(actor(request), access.READ)
    return [OneTag(id=each.pk, name=each.name) for each in tags.listed()]


@router.post("/tags", response=shapes.Numbered, operation_id="keep-tag")
def keep_tag(request: HttpRequest, given: Name, once: Once) -> HttpResponse:
    """A new tag."""
    return changing.make(request, once, lambda me: tags.keep(me, given.name))


@router.post("/tags/{number}", response=shapes.Numbered, operation_id="rename-tag")
def rename_tag(request: HttpRequest, number: int, given: Name, once: Once) -> HttpResponse:
    """Another name; the name of another tag makes the two one, which is the answer."""
    return changing.make(
        request, once, lambda me: tags.keep(me, given.name, get_object_or_404(Tag, pk=number))
    )


@router.post("/tags/{number}/remove", response=shapes.Done, operation_id="remove-tag")
def remove_tag(request: HttpRequest, number: int, once: Once) -> HttpResponse:
    """Off the list, and off every conversation."""
    return changing.act(
        request, once, lambda me: tags.remove(me, get_object_or_404(Tag, pk=number))
    )


@router.get("/close-reasons", response=list[OneReason], operation_id="close-reasons")
def list_reasons(request: HttpRequest) -> list[OneReason]:
    """Why a conversation may be closed."""
    access.require(actor(request), access.READ)
    rows = CloseReason.objects.order_by("name")
    return [OneReason(id=each.pk, name=each.name) for each in rows]


@router.post("/close-reasons", response=shapes.Numbered, operation_id="keep-close-reason")
def keep_reason(request: HttpRequest, given: Name, once: Once) -> HttpResponse:
    """Offer another."""
    return changing.make(request, once, lambda me: reasons.keep(me, given.name))


@router.post(
    "/close-reasons/{number}/remove", response=shapes.Done, operation_id="remove-close-reason"
)
def remove_reason(request: HttpRequest, number: int, once: Once) -> HttpResponse:
    """Offer it no more."""
    return changing.act(
        request, once, lambda me: reasons.remove(me, get_object_or_404(CloseReason, pk=number))
    )


@router.get("/saved-replies", response=list[OneSaved], operation_id="saved-replies")
def saved_replies(request: HttpRequest, words: str = "") -> list[OneSaved]:
    """Words that are kept, those that fit best first."""
    access.require(actor(request), access.READ)
    found = saved.find(words[:200])
    return [OneSaved(id=each.number, name=each.name, text=each.text) for each in found]


@router.post("/saved-replies", response=shapes.Numbered, operation_id="keep-saved")
def keep_saved(request: HttpRequest, given: Wording, once: Once) -> HttpResponse:
    """A new saved reply."""
    return changing.make(request, once, lambda me: saved.keep(me, given.name, given.text))


@router.post("/saved-replies/{number}", response=shapes.Numbered, operation_id="change-saved")
def change_saved(request: HttpRequest, number: int, given: Wording, once: Once) -> HttpResponse:
    """Other words for one."""
    return changing.make(
        request,
        once,
        lambda me: saved.keep(me, given.name, given.text, get_object_or_404(SavedReply, pk=number)),
    )


@router.post("/saved-replies/{number}/remove", response=shapes.Done, operation_id="remove-saved")
def remove_saved(request: HttpRequest, number: int, once: Once) -> HttpResponse:
    """Keep it no more."""
    return changing.act(
        request, once, lambda me: saved.remove(me, get_object_or_404(SavedReply, pk=number))
    )


@router.get("/areas", response=list[Area], operation_id="areas")
def list_areas(request: HttpRequest) -> list[Area]:
    """Whom one can ask."""
    access.require(actor(request), access.READ)
    return [
        Area(
            id=each.pk,
            name=each.name,
            experts=[OneExpert(id=one.pk, name=one.name) for one in each.experts.all()],
        )
        for each in areas.to_ask()
    ]


@router.post("/areas", response=shapes.Numbered, operation_id="keep-area")
def keep_area(request: HttpRequest, given: AreaWords, once: Once) -> HttpResponse:
    """A new area of the business."""
    return changing.make(request, once, lambda me: areas.keep(me, given.name, given.intents))


@router.post("/areas/{number}", response=shapes.Numbered, operation_id="change-area")
def change_area(request: HttpRequest, number: int, given: AreaWords, once: Once) -> HttpResponse:
    """Another name, other intents."""
    return changing.make(
        request, once, lambda me: areas.keep(me, given.name, given.intents, _area(me, number))
    )


@router.post("/areas/{number}/end", response=shapes.Done, operation_id="end-area")
def end_area(request: HttpRequest, number: int, once: Once) -> HttpResponse:
    """Ask there no more."""
    return changing.act(request, once, lambda me: areas.end(me, _area(me, number)))


@router.post("/areas/{number}/experts", response=shapes.Numbered, operation_id="add-expert")
def add_expert(request: HttpRequest, number: int, given: NewExpert, once: Once) -> HttpResponse:
    """Somebody who can be asked."""
    spoken = given.language if given.language in dict(settings.LANGUAGES) else ""
    language = spoken or settings.LANGUAGE_CODE
    return changing.make(
        request,
        once,
        lambda me: areas.add_expert(me, _area(me, number), given.name, given.email, language),
    )


@router.post("/experts/{number}/remove", response=shapes.Done, operation_id="remove-expert")
def remove_expert(request: HttpRequest, number: int, once: Once) -> HttpResponse:
    """Ask them no more."""
    return changing.act(
        request, once, lambda me: areas.remove_expert(me, get_object_or_404(Expert, pk=number))
    )


@router.get("/own-contacts", response=list[OneContact], operation_id="own-contacts")
def own_contacts(request: HttpRequest) -> list[OneContact]:
    """Numbers, addresses, domains and handles of ours that may stand in public."""
    access.require(actor(request), access.READ)
    rows = OwnContact.objects.order_by("kind", "text")
    return [OneContact(id=each.pk, kind=each.kind, text=each.text) for each in rows]


@router.post("/own-contacts", response=shapes.Numbered, operation_id="add-own-contact")
def add_contact(request: HttpRequest, given: NewContact, once: Once) -> HttpResponse:
    """One more."""
    return changing.make(request, once, lambda me: ours.add(me, given.kind, given.text))


@router.post(
    "/own-contacts/{number}/remove", response=shapes.Done, operation_id="remove-own-contact"
)
def remove_contact(request: HttpRequest, number: int, once: Once) -> HttpResponse:
    """One less."""
    return changing.act(
        request, once, lambda me: ours.remove(me, get_object_or_404(OwnContact, pk=number))
    )


@router.get("/guidelines", response=list[OneGuideline], operation_id="guidelines")
def guidelines(request: HttpRequest) -> list[OneGuideline]:
    """The rules that hold, by age."""
    access.require(actor(request), access.READ)
    words = ("number", "title", "text", "good", "poor", "cues", "instead")
    return [
        OneGuideline(
            id=row.guideline_id, version=row.pk, **{name: getattr(row, name) for name in words}
        )
        for row in standing.current()
    ]


@router.post("/guidelines", response=shapes.Numbered, operation_id="write-guideline")
def write_guideline(request: HttpRequest, given: Rule, once: Once) -> HttpResponse:
    """A new rule; answers the number of its version."""
    return changing.make(request, once, lambda me: keeping.write(me, _words(given)))


@router.post("/guidelines/begin", response=Begun, operation_id="begin-guidelines")
def begin_guidelines(request: HttpRequest, once: Once) -> HttpResponse:
    """A few rules that many teams have, where there are none."""
    me = actor(request)
    return changing.once(request, once, lambda: {"rules": starters.begin(me)})


@router.post("/guidelines/{number}", response=shapes.Numbered, operation_id="change-guideline")
def change_guideline(request: HttpRequest, number: int, given: Rule, once: Once) -> HttpResponse:
    """Another wording; answers the number of its version."""

    def do(me: Advisor) -> Any:
        access.require(me, access.STEER)
        rule = get_object_or_404(Guideline, pk=number)
        return keeping.write(me, _words(given), rule, given.seen)

    return changing.make(request, once, do)


@router.post("/guidelines/{number}/retire", response=shapes.Done, operation_id="retire-guideline")
def retire_guideline(request: HttpRequest, number: int, once: Once) -> HttpResponse:
    """It holds no more; its versions stay."""
    return changing.act(
        request, once, lambda me: keeping.retire(me, get_object_or_404(Guideline, pk=number))
    )


@router.post(
    "/guidelines/versions/{number}/comment",
    response=shapes.Numbered,
    operation_id="comment-guideline",
)
def comment(request: HttpRequest, number: int, given: Comment, once: Once) -> HttpResponse:
    """Say something about a version."""
    return changing.make(
        request,
        once,
        lambda me: keeping.comment(me, get_object_or_404(GuidelineVersion, pk=number), given.text),
    )


@router.post(
    "/guidelines/comments/{number}/settle", response=shapes.Done, operation_id="settle-comment"
)
def settle(request: HttpRequest, number: int, once: Once) -> HttpResponse:
    """A comment was dealt with."""
    rows = GuidelineComment.objects.select_related("version")
    return changing.act(
        request, once, lambda me: keeping.settle(me, get_object_or_404(rows, pk=number))
    )


def _area(me: Advisor, number: int) -> BusinessArea:
    access.require(me, access.STEER)
    return get_object_or_404(BusinessArea, pk=number, ended_at=None)


def _words(given: Rule) -> Words:
    return Words(**given.model_dump(exclude={"seen"}))
