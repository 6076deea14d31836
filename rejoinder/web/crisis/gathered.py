"""Everything the crisis room shows, gathered for one reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import reverse

from rejoinder.answers import spread
from rejoinder.answers.coverage import Coverage, coverage, unanswered
from rejoinder.answers.models import Revision
from rejoinder.crisis import actions
from rejoinder.crisis.alarm import alarms, naming, raising, sentence
from rejoinder.crisis.models import Alarm, Crisis, Entry, Kind, Promise
from rejoinder.crisis.picture.areas import areas
from rejoinder.crisis.picture.bins import bins
from rejoinder.crisis.picture.readings import Readings, readings
from rejoinder.crisis.picture.usual import Ints
from rejoinder.crisis.picture.volume import Volume, volume
from rejoinder.crisis.picture.waits import Wait, waits
from rejoinder.crisis.policy import Policy
from rejoinder.crisis.timeline import entries
from rejoinder.crisis.timeline.clocks import Standing
from rejoinder.desk.plan import ahead, settings
from rejoinder.listening.models import Need
from rejoinder.plumbing import clock
from rejoinder.team import access
from rejoinder.team.models import Advisor
from rejoinder.web.crisis import area_map, charts, sentences
from rejoinder.web.crisis.brakes import brakes
from rejoinder.web.crisis.charts import percent
from rejoinder.web.frame import moments
from rejoinder.web.spending.plan import Limit, limit

UNDECLARED = timedelta(hours=3)  # shown of the time before now while nothing is declared
LATELY = timedelta(hours=1)  # first answers whose waits are shown
ASKED = 8  # questions
RUNG = 5  # alarms
OVER = 10  # crises that were stood down
NEXT = timedelta(minutes=30)  # offered for the next update
DUE = timedelta(hours=1)  # offered for a promise


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the timeline in words."""

    entry: Entry
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Rung:
    """An alarm with what it saw."""

    alarm: Alarm
    words: str


@dataclass(frozen=True, slots=True)
class Clock:
    """A promise with its clock."""

    promise: Promise
    standing: str
    left: str
    words: str
    may_keep: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with how far its answer reaches."""

    coverage: Coverage
    share_told: float
    result: str
    revision: Revision | None


def room(reader: Advisor, crisis: Crisis | None, *, allowance: bool = True) -> dict[str, Any]:
    """The values of the page; without a crisis those of now.

    What the `allowance` will come to takes as long to find out as all the rest.
    """
    is_open = crisis is not None and crisis.stood_down_at is None
    until = (crisis and crisis.stood_down_at) or clock.now()
    seen = bins(crisis.began_at if crisis else until - UNDECLARED, until)
    came, read = volume(seen, until), readings(seen)
    waiting, asked = waits(until - LATELY, until), coverage(reader, seen.begins, ASKED)
    promises = entries.promises(crisis) if crisis else []
    places = naming.places()
    return {
        "crisis": crisis,
        "brakes": brakes(reader),
        "alarms": _alarms() if crisis is None or is_open else [],
        "may_acknowledge": alarms.may_acknowledge(reader),
        "is_open": is_open,
        "address": reverse("one-crisis", args=[crisis.public_id]) if crisis else reverse("crisis"),
        "others": [each for each in actions.open_ones() if each != crisis],
        "over": _over(crisis),
        "until": until,
        "sentence": _sentence(waiting.needs, waiting.all, came, promises),
        "volume": came,
        "volume_drawn": charts.volume(came, crisis),
        "problem_share": _lately(read.problems, read),
        "problems_drawn": charts.problems(read, crisis),
        "negative_share": _lately(read.moods["negative"], read),
        "moods_drawn": charts.moods(read, crisis),
        "map": area_map.drawn(areas(seen.begins, until), shipped=places.shipped),
        "places": places,
        "asked_since": seen.begins,
        "asks": _asks(asked),
        "waits": waiting,
        "limit": _scarcest(reader) if allowance and (not crisis or is_open) else None,
        "unanswered": unanswered(asked),
        "is_quiet": crisis is None and not waiting.all.waiting and not came.counts.any(),
        "lines": [_line(each) for each in entries.newest(crisis)] if crisis else [],
        "clocks": [_clock(each, reader) for each in promises],
    } | _forms(reader, crisis)


def _alarms() -> list[Rung]:
    """Those that are open, and those that nobody has seen to."""
    found = raising.recent(clock.now())
    shown = [each for each in found if each.until is None or each.acknowledged_at is None]
    return [Rung(each, sentence.of(each)) for each in shown[:RUNG]]


def _scarcest(reader: Advisor) -> Limit | None:
    """The limit that runs out first; None when nothing is scarce."""
    picture = ahead.picture(reader)
    return limit(picture.limits[0], picture, settings.in_force()) if picture.limits else None


def _sentence(needs: Sequence[Wait], every: Wait, came: Volume, promises: Sequence[Promise]) -> str:
    urgent = sum(row.waiting for row in needs if row.key == Need.URGENT)
    now = clock.now()
    late = next((each for each in promises if each.standing(now) is Standing.LATE), None)
    return sentences.state(every.waiting, urgent, came, late)


def _lately(some: Ints, seen: Readings) -> str:
    """The share in the last hour, or the last bin where bins are longer."""
    last = max(1, LATELY // seen.bins.width)
    read = int(seen.read[-last:].sum())
    return percent(100 * int(some[-last:].sum()) / read) if read else ""


def _over(crisis: Crisis | None) -> list[Crisis]:
    """The last ones, on the page that shows none of them."""
    if crisis is not None:
        return []
    return list(
        Crisis.objects.filter(stood_down_at__isnull=False).order_by("-stood_down_at")[:OVER]
    )


def _asks(found: Sequence[Coverage]) -> list[Asked]:
    answers = [each.answer.pk for each in found if each.answer]
    rows = Revision.objects.filter(answer__in=answers, published_at__isnull=False)
    newest = {row.answer_id: row for row in rows.order_by("published_at", "id")}
    return [_asked(each, newest) for each in found]


def _asked(found: Coverage, newest: dict[int, Revision]) -> Asked:
    return Asked(
        coverage=found,
        share_told=min(1.0, found.outcome.told / max(found.asked, 1)),
        result=sentences.result(found.outcome),
        revision=newest.get(found.answer.pk) if found.answer else None,
    )


def _line(entry: Entry) -> Line:
    return Line(entry, sentences.kind_labels()[entry.kind], sentences.entry_words(entry))


def _clock(promise: Promise, reader: Advisor) -> Clock:
    return Clock(
        promise=promise,
        standing=promise.standing(clock.now()).value,
        left=sentences.clock_words(promise),
        words=sentences.promise_words(promise),
        may_keep=promise.kept_at is None and not promise.is_update and actions.may_promise(reader),
    )


def _forms(reader: Advisor, crisis: Crisis | None) -> dict[str, Any]:
    """What the reader may do here, and what the fields offer."""
    policy = crisis.policy if crisis else Policy()
    kinds = sentences.kind_labels()
    return {
        "may_steer": actions.may_steer(reader),
        "may_write": actions.may_promise(reader),
        "kinds": {kind: label for kind, label in kinds.items() if _may(reader, kind)}.items(),
        "policy": policy,
        "policy_words": sentences.policy_words(policy),
        "tones": sentences.tone_labels().items(),
        "colleagues": _colleagues(),
        "on_call": set(crisis.on_call.values_list("pk", flat=True)) if crisis else set(),
        "next": moments.as_time(moments.rounded_up(clock.now() + NEXT)),
        "due": moments.as_moment(moments.rounded_up(clock.now() + DUE)),
        "publishers": spread.accounts(),
    }


def _may(reader: Advisor, kind: str) -> bool:
    return actions.may_note(reader, Kind(kind))


def _colleagues() -> list[Advisor]:
    roles = [role for role, rights in access.RIGHTS.items() if access.ANSWER in rights]
    return list(Advisor.objects.filter(is_active=True, role__in=roles).order_by("name", "id"))
