"""One week for the board: what was said, done and promised, and what is needed.

A week is told as it stood when it ended, so that one page can be laid beside another: an answer or
a promise kept later changes it no more. What was heard is told as the rows stand now: deleted words
go from past weeks too, and readings that people put right come in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from rejoinder.answers.models import Revision, Told
from rejoinder.crisis.models import Promise as ToEverybody
from rejoinder.crisis.report.record import Kept, tally
from rejoinder.desk.models import BusinessArea, Promise
from rejoinder.listening.models import Question
from rejoinder.outbox.models import Reply, State
from rejoinder.plumbing import clock
from rejoinder.privacy.find import masked
from rejoinder.reporting import timeliness
from rejoinder.reporting.heard import Read, read
from rejoinder.reporting.models import BoardNote
from rejoinder.reporting.spans import Span, week_of
from rejoinder.reporting.survival import Curve
from rejoinder.reporting.waits import seen
from rejoinder.reporting.zone import zone
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

LONGEST = 2000
QUOTES = 3  # of an area; one of the first areas each is shown


@dataclass(frozen=True, slots=True)
class Done:
    """What we did in a week: replies that left, to how many people; people told a public answer;
    revisions published; first answers (None when too few people wrote).
    """

    replies: int
    people: int
    told: int
    published: int
    waited: Curve | None


@dataclass(frozen=True, slots=True)
class Promised:
    """Promises that fell due in a week, as they stood at its end."""

    kept: int
    broken: int
    open: int


@dataclass(frozen=True, slots=True)
class Week:
    """Everything the page tells of one week."""

    read: Read
    done: Done
    promised: Promised
    named: Sequence[str]  # questions that got their name in it


def last_week() -> Span:
    """The newest week that is over."""
    return week_of(_today()).earlier(1)


def is_over(week: Span) -> bool:
    """Whether its last day has passed."""
    return week.last < _today()


def week(span: Span, areas: Sequence[BusinessArea], *, quotes: int = QUOTES) -> Week:
    """Read now; `span` is a week that is over."""
    begins, ends = span.bounds(zone())
    return Week(
        read=read(span, areas, quotes=quotes),
        done=_done(begins, ends),
        promised=_promised(begins, ends),
        named=list(
            Question.objects.filter(named_at__gte=begins, named_at__lt=ends)
            .exclude(name="")
            .order_by("-people", "name")
            .values_list("name", flat=True)
        ),
    )


def note(span: Span) -> BoardNote | None:
    """What is asked of the board for a week, if anything was written."""
    return BoardNote.objects.filter(week=span.first).select_related("written_by").first()


def may_write(actor: Advisor) -> bool:
    """Whoever steers."""
    return access.may(actor, access.STEER)


def write(actor: Advisor, span: Span, text: str) -> BoardNote:
    """These words for that week, in place of what stood there; personal data is hidden."""
    access.require(actor, access.STEER)
    words = masked(text.strip(), LONGEST)
    with transaction.atomic():
        row, _new = BoardNote.objects.update_or_create(
            week=span.first,
            defaults={"text": words, "written_by": actor, "written_at": clock.now()},
        )
        audit.line(actor, "wrote what the board is asked for", span.first.isoformat())
    return row


def _today() -> date:
    return clock.now().astimezone(zone()).date()


def _done(begins: datetime, ends: datetime) -> Done:
    sent = Reply.objects.filter(state=State.SENT, sent_at__gte=begins, sent_at__lt=ends)
    told = Told.objects.filter(at__gte=begins, at__lt=ends)
    out = Revision.objects.filter(published_at__gte=begins, published_at__lt=ends)
    waits = seen(begins, ends, ends)
    return Done(
        replies=sent.count(),
        people=sent.values("conversation__person").distinct().count(),
        told=told.values("person").distinct().count(),
        published=out.count(),
        waited=timeliness.waited(waits.seconds, waits.answered),
    )


def _promised(begins: datetime, ends: datetime) -> Promised:
    found: list[Kept] = []
    for rows in (ToEverybody.objects.all(), Promise.objects.all()):
        due = rows.filter(due_at__gte=begins, due_at__lt=ends)
        found += [Kept("", "", at, kept) for at, kept in due.values_list("due_at", "kept_at")]
    kept, broken, still = tally([_then(each, ends) for each in found], ends)
    return Promised(kept, broken, still)


def _then(promise: Kept, at: datetime) -> Kept:
    """As it stood then."""
    later = promise.kept_at is not None and promise.kept_at >= at
    return Kept("", "", promise.due_at, None) if later else promise
