"""The register: a request is opened, whose it is is made sure, and it is answered."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rejoinder.crisis.models import Watching
from rejoinder.desk.models import IdentityCheck, RightsRequest
from rejoinder.desk.models.rights import LINE_CAP
from rejoinder.desk.refusals import CannotError
from rejoinder.desk.rights import rules
from rejoinder.desk.rights.rules import Kind
from rejoinder.listening.models import Conversation
from rejoinder.plumbing import clock
from rejoinder.privacy import find
from rejoinder.team import access, audit, holidays
from rejoinder.team.models import Advisor


def open_one(
    conversation: Conversation, actor: Advisor, kind: Kind, came_at: datetime, words: str = ""
) -> RightsRequest:
    """Somebody asks for something by their rights; the clock runs from when it came.

    Raises CannotError when the same is open already, or is said to have come in the future.
    """
    access.require(actor, access.ANSWER)
    now = clock.now()
    if came_at > now:
        raise CannotError(_("This moment is still to come."))
    try:
        with transaction.atomic():
            made = RightsRequest.objects.create(
                conversation=conversation,
                kind=kind.value,
                words=masked(words),
                came_at=came_at,
                opened_at=now,
                opened_by=actor,
            )
            _tell(made, actor, "opened a request by a person's rights")
    except IntegrityError:
        raise CannotError(_("The same request of this person is open already.")) from None
    return made


def ask_who(request: RightsRequest, actor: Advisor) -> None:
    """We asked them who they are: the clock stands still until they have shown it."""
    access.require(actor, access.ANSWER)
    with transaction.atomic():
        row = locked(request)
        if row.proved_at is not None or row.paused_at is not None:
            raise CannotError(_("They were asked already."))
        row.paused_at = clock.now()
        row.save(update_fields=["paused_at"])
        _tell(row, actor, "asked who makes a request")
    request.refresh_from_db()


def prove(request: RightsRequest, actor: Advisor, how: str = "") -> None:
    """They have shown who they are: by a passed check of this conversation, or as `how` says.

    Raises CannotError without either. By words alone it takes the right to privacy.
    """
    access.require(actor, access.ANSWER)
    with transaction.atomic():
        row = locked(request)
        if row.proved_at is not None:
            raise CannotError(_("They have shown already who they are."))
        check = passed(row)
        said = f"identity check {check.reference}" if check else masked(how)
        if not said:
            raise CannotError(_("Write how they showed who they are."))
        if check is None:
            access.require(actor, access.PRIVACY)
        row.proved_at, row.proved_by, row.proved_how = clock.now(), actor, said
        row.save(update_fields=["proved_at", "proved_by", "proved_how"])
        _tell(row, actor, "made sure who makes a request")
    request.refresh_from_db()


def passed(request: RightsRequest) -> IdentityCheck | None:
    """The check that they passed in this conversation since the request came."""
    rows = IdentityCheck.objects.filter(conversation_id=request.conversation_id, passed=True)
    return rows.filter(ended_at__gte=request.came_at).order_by("-ended_at").first()


def answer(request: RightsRequest, actor: Advisor, why: str, *, refused: bool) -> None:
    """It is done, or refused with the reason that they were told. Raises CannotError."""
    access.require(actor, access.PRIVACY)
    said = masked(why)
    if not said:
        raise CannotError(_("Write what was done, or why it is refused."))
    with transaction.atomic():
        row = locked(request)
        if not refused:
            _check_done(row)
        row.outcome, row.why = "refused" if refused else "done", said
        row.answered_at, row.answered_by = clock.now(), actor
        row.save(update_fields=["outcome", "why", "answered_at", "answered_by"])
        _tell(row, actor, "answered a request by a person's rights")
    request.refresh_from_db()


def extend(request: RightsRequest, actor: Advisor, why: str) -> None:
    """They were told that it takes two months longer, and why. Raises CannotError when too late."""
    access.require(actor, access.PRIVACY)
    said = masked(why)
    if not said:
        raise CannotError(_("Write the reason that they were told."))
    with transaction.atomic():
        row = locked(request)
        if row.extended_at is not None:
            raise CannotError(_("It was extended already; the law knows no second time."))
        if clock.now() > due(row):
            raise CannotError(_("The month is over: they had to be told within it."))
        row.extended_at, row.extended_by, row.extended_why = clock.now(), actor, said
        row.save(update_fields=["extended_at", "extended_by", "extended_why"])
        _tell(row, actor, "extended a request by a person's rights")
    request.refresh_from_db()


def due(request: RightsRequest) -> datetime:
    """By when they have their answer, where the desk counts its holidays."""
    where = Watching.objects.first() or Watching()

    def off(day: date) -> bool:
        return day in holidays.between(where.place, day.year, day.year)

    return rules.due(request.times(), clock.now(), ZoneInfo(where.zone), off)


def open_ones() -> Sequence[RightsRequest]:
    """Those that wait for an answer, the oldest first."""
    rows = RightsRequest.objects.filter(answered_at=None).order_by("came_at", "pk")
    return list(rows.select_related("conversation__person", "opened_by"))


def locked(request: RightsRequest) -> RightsRequest:
    """The row, nobody else's until the transaction ends. Raises CannotError when answered."""
    row = RightsRequest.objects.select_for_update().get(pk=request.pk)
    if row.answered_at is not None:
        raise CannotError(_("This request was answered."))
    return row


def masked(words: str) -> str:
    """In a line, without personal data."""
    return find.masked(" ".join(words.split()), LINE_CAP)


def _check_done(row: RightsRequest) -> None:
    missing = {
        Kind.ACCESS: row.copied_at is None,
        Kind.ERASURE: row.erased_at is None,
        Kind.OBJECTION: row.silenced_at is None,
    }
    if missing.get(Kind(row.kind)):
        raise CannotError(_("It is not done yet: see above what is to be done."))


def _tell(row: RightsRequest, actor: Advisor, did: str) -> None:
    audit.line(actor, did, row.conversation.public_id, kind=row.kind)
