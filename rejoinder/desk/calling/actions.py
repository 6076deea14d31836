"""Asking for a call, ending it, and what is known of the calls to somebody."""

from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rejoinder.channels.models import Account
from rejoinder.channels.phone import dialling
from rejoinder.channels.phone.phone import Phone
from rejoinder.desk import callbacks, take
from rejoinder.desk.calling import rules
from rejoinder.desk.calling.rules import Asked, No, Outcome, Stage
from rejoinder.desk.models import Dialled
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Conversation, Person
from rejoinder.plumbing import clock
from rejoinder.privacy import contacts
from rejoinder.privacy.find import masked
from rejoinder.team import access
from rejoinder.team.models import Advisor, Organisation

WORDS = 300


def exchange() -> Account | None:
    """The account that dials, where there is one."""
    rows = Account.objects.filter(channel=Phone.name, disconnected_at=None).order_by("id")
    return next((row for row in rows if dialling.is_possible(row.settings)), None)


def going_on(talk: Conversation) -> Dialled | None:
    """The call to them that is not over."""
    rows = Dialled.objects.filter(conversation=talk, ended_at=None)
    return rows.select_related("advisor").order_by("-pk").first()


def of(talk: Conversation) -> Sequence[Dialled]:
    """All calls to them from this conversation, oldest first."""
    rows = Dialled.objects.filter(conversation=talk).select_related("advisor")
    return list(rows.order_by("pk"))


def call(talk: Conversation, actor: Advisor, why: str) -> Dialled:
    """The advisor's telephone rings, then theirs. Raises CannotError with the reason.

    Their number is opened only once the advisor has lifted, and stands in the ledger then.
    """
    access.require(actor, access.ANSWER)
    access.require(actor, access.OPEN)
    reason, account = masked(take.reason_of(why), WORDS), exchange()
    try:
        with transaction.atomic():
            # Two who have a conversation of theirs each do not ring them together.
            Person.objects.select_for_update().filter(pk=talk.person_id).first()
            talk = Conversation.objects.select_for_update().get(pk=talk.pk)
            no = rules.refused(_asked(talk, actor, account), clock.now())
            if no or account is None:
                raise CannotError(why_not(no or No.EXCHANGE))
            row = Dialled.objects.create(
                conversation=talk,
                advisor=actor,
                account=account,
                why=reason,
                stage=Stage.ASKED,
                asked_at=clock.now(),
                since=clock.now(),
            )
            take.tell(talk, actor, "begins to call")
    except IntegrityError:
        raise CannotError(why_not(No.ON_A_CALL)) from None
    return row


def give_up(talk: Conversation, actor: Advisor) -> None:
    """End the call, wherever it is. Raises CannotError when it is a colleague's."""
    access.require(actor, access.ANSWER)
    row = going_on(talk)
    if row is None:
        return
    if row.advisor_id != actor.pk:
        access.require(actor, access.STEER)
    with transaction.atomic():
        Dialled.objects.filter(pk=row.pk, ended_at=None).update(giving_up=True)
        take.tell(talk, actor, "ends the call to")


def refused(talk: Conversation, actor: Advisor) -> No | None:
    """Why they cannot be called now; None when they can."""
    account = exchange()
    if account is None:  # most desks; nothing else is looked up for them
        return No.EXCHANGE
    return rules.refused(_asked(talk, actor, account), clock.now())


def why_not(no: No) -> str:
    """In words for the advisor."""
    return {
        No.EXCHANGE: _(
            "No exchange of yours dials out. Dial by hand, and write down what was said."
        ),
        No.EXTENSION: _("Name your telephone in your settings first, then the desk can ring it."),
        No.NUMBER: _("They told no number."),
        No.HOLDER: _("Take the conversation first."),
        No.ON_A_CALL: _("You or a colleague are on a call already. End it first."),
        No.TOO_SOON: _("Another time is promised to them. Call then."),
        No.NIGHT: _("Nobody is rung between 21:00 and 08:00 unless that time was promised."),
        No.PAUSE: _("Their telephone rang in vain a moment ago. Try again in ten minutes."),
        No.OFTEN: _(
            "Their telephone rang in vain three times today. Write to them, or try tomorrow."
        ),
    }[no]


def _asked(talk: Conversation, actor: Advisor, account: Account | None) -> Asked:
    person, now = talk.person, clock.now()
    promised = callbacks.standing([talk]).get(talk.pk)
    going = Dialled.objects.filter(ended_at=None)
    # However it ended, their telephone has rung; what is left to a person has not.
    in_vain = Dialled.objects.filter(
        conversation__person=person, rung_at__gte=now - timedelta(days=1), answered_at=None
    ).exclude(outcome=Outcome.BY_HAND)
    zone = Organisation.objects.values_list("time_zone", flat=True).first() or "UTC"
    return Asked(
        possible=account is not None,
        extension=bool(actor.extension),
        number=bool(contacts.told(person.channel, [person.external_id], "phone")),
        holds=talk.holder_id == actor.pk,
        on_a_call=going.filter(advisor=actor).exists()
        or going.filter(conversation__person=person).exists(),
        promised=(promised.from_at, promised.to_at) if promised else None,
        unanswered=[at for at in in_vain.values_list("rung_at", flat=True) if at],
        local=now.astimezone(ZoneInfo(zone)).time(),
    )
