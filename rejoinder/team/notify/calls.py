"""Calling the people on duty: written down with what it is about, delivered, escalated, seen to."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from rejoinder.plumbing import clock
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor, Call, Delivery
from rejoinder.team.notify import hooks, mail, push, rules, said
from rejoinder.team.notify.rules import Colleague
from rejoinder.team.notify.said import Said
from rejoinder.team.rota.duty import Duty, duty

AT_ONCE = 50  # deliveries in one round of the job
CLAIMED = timedelta(minutes=2)  # whoever dies over one leaves it to be tried after so long
# Why leads are called who are not on duty.
_INSTEAD: dict[str, str] = {
    rules.Whom.NO_ROTA: gettext_noop("No rota is kept: leads and owners are called."),
    rules.Whom.NOBODY: gettext_noop("Nobody is on duty by the rota: leads and owners are called."),
}


def call(about: str, say: Callable[[], Said], url: str) -> bool:
    """Call whoever is on duty, once for each thing; whether this was the first word of it.

    `say` is asked once in each language of the desk, so that everybody is called in theirs.

    Call it in the transaction that notices the thing: nobody is called for what was rolled back.
    """
    on_duty = duty()
    values = {
        "said": said.in_all(say),
        "url": url,
        "at": clock.now(),
        "whom": rules.whom(_team(on_duty), is_kept=on_duty.is_kept),
    }
    with transaction.atomic():
        row, new = Call.objects.get_or_create(about=about, defaults=values)
        if new:
            _begin(row, rules.FIRST)
    return new


def seen(about: str, actor: Advisor) -> bool:
    """Somebody sees to it: nobody more is called. False when somebody did before."""
    with transaction.atomic():
        open_ = Call.objects.filter(about=about, seen_at=None)
        row = open_.first()
        if row is None or not open_.update(seen_at=clock.now(), seen_by=actor):
            return False
        Delivery.objects.filter(call=row, due_at__isnull=False).update(due_at=None)
    return True


def deliver() -> int:
    """What is due, and whom to call next; how many were told."""
    _escalate()
    return sum(_deliver(one) for one in _due())


def _escalate() -> None:
    now = clock.now()
    for row in Call.objects.filter(seen_at=None, at__lte=now - rules.ESCALATES):
        if row.round < rules.round_due(row.at, now):
            with transaction.atomic():
                _begin(row, rules.EVERYBODY)


def _begin(row: Call, round_: int) -> None:
    """The deliveries of a round; nobody hears of it twice."""
    now = clock.now()
    if not Call.objects.filter(pk=row.pk, round=row.round).update(round=round_):
        return
    told = _told(row)
    people = [n for n in rules.called(_team(duty()), round_) if n not in told]
    mailed = people if mail.is_set_up() else []
    rows = [Delivery(call=row, advisor_id=number, due_at=now) for number in mailed]
    rows += [Delivery(call=row, device=device, due_at=now) for device in push.devices(people)]
    if round_ == rules.FIRST:
        rows += [Delivery(call=row, hook=hook, due_at=now) for hook in hooks.current()]
    Delivery.objects.bulk_create(rows)
    audit.line(None, "called the people on duty", row.about, round=round_, people=len(people))


def _told(row: Call) -> set[int]:
    """Who heard of it already, in one way or another."""
    ways = Delivery.objects.filter(call=row).values_list("advisor", "device__advisor")
    return {number for way in ways for number in way if number is not None}


def _team(now: Duty) -> list[Colleague]:
    people: Iterable[Advisor] = Advisor.objects.filter(is_active=True).order_by("id")
    return [
        Colleague(
            one.pk,
            steers=access.may(one, access.STEER),
            answers=access.may(one, access.ANSWER),
            on_duty=one.pk in now.on,
            away=one.pk in now.away,
        )
        for one in people
    ]


def _due() -> list[Delivery]:
    rows = Delivery.objects.filter(due_at__lte=clock.now(), call__seen_at=None)
    return list(
        rows.select_related("call", "advisor", "hook", "device__advisor").order_by("due_at", "id")[
            :AT_ONCE
        ]
    )


def _deliver(one: Delivery) -> int:
    now = clock.now()
    mine = Delivery.objects.filter(pk=one.pk, due_at=one.due_at)
    if not mine.update(due_at=now + CLAIMED, attempts=one.attempts + 1):
        return 0  # another process has it
    try:
        _tell(one)
    except (mail.NotSentError, hooks.CannotCallError, push.CannotPushError) as error:
        gone = one.device is not None and one.device.ended_at is not None
        again = None if gone else rules.next_try(one.attempts + 1, clock.now())
        Delivery.objects.filter(pk=one.pk).update(due_at=again, words=str(error)[:300])
        return 0
    Delivery.objects.filter(pk=one.pk).update(due_at=None, sent_at=clock.now(), words="")
    return 1


def _tell(one: Delivery) -> None:
    if one.hook is not None:
        hooks.call(one.hook, one.call)
    elif one.device is not None:
        if one.device.ended_at is None and one.device.advisor.is_active:
            push.send(one.device, one.call)
    elif one.advisor is not None and one.advisor.is_active:
        words = said.of(one.call, one.advisor.language)
        parts = [words.text, _instead(one), f"{one.call.url}\n"]
        mail.send(one.advisor.email, words.subject, "\n\n".join(filter(None, parts)))


def _instead(one: Delivery) -> str:
    why = _INSTEAD.get(one.call.whom)
    if why is None or one.advisor is None:
        return ""
    with translation.override(one.advisor.language):
        return _(why)
