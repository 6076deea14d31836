"""What the desk does: ask an area or an expert, tell more, take it back, use the answer."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.desk import drafting, mine, refusals
from rejoinder.desk.experts import rules
from rejoinder.desk.models import (
    Expert,
    Promise,
    Referral,
    ReferralLink,
    ReferralWord,
)
from rejoinder.desk.refusals import CannotError
from rejoinder.desk.take import may_hand_over
from rejoinder.listening.models import Conversation
from rejoinder.plumbing import clock, live
from rejoinder.privacy.find import masked
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor
from rejoinder.team.notify import mail

LONGEST = 4000
FARTHEST = timedelta(days=30)


def may_ask(conversation: Conversation, actor: Advisor) -> bool:
    """Whoever has it, or steers."""
    return conversation.holder_id is not None and may_hand_over(conversation, actor)


def may_act(referral: Referral, actor: Advisor) -> bool:
    """Who asked, who has the conversation now, and whoever steers."""
    theirs = actor.pk in {referral.asker_id, referral.conversation.holder_id}
    return access.may(actor, access.ANSWER) and (theirs or access.may(actor, access.STEER))


def ask(
    conversation: Conversation,
    actor: Advisor,
    experts: Sequence[Expert],
    text: str,
    due_at: datetime,
    *,
    promised_at: datetime | None = None,
) -> Referral:
    """Ask these experts of one area; each gets an e-mail with a link of their own.

    What is hidden in mentions is hidden in the question too. `promised_at` is when the person is
    told to hear from us. Raises CannotError with the reason.
    """
    access.require(actor, access.ANSWER)
    words = masked(text.strip(), LONGEST)
    _check_holder(conversation, actor)
    _check(experts, words)
    _check_times(due_at, promised_at)
    now = clock.now()
    with transaction.atomic():
        area = experts[0].area
        if Referral.objects.filter(conversation=conversation, area=area, ended_at=None).exists():
            raise CannotError(_("%(area)s is asked already.") % {"area": area.name})
        made = Referral.objects.create(
            conversation=conversation, area=area, asker=actor, text=words, at=now, due_at=due_at
        )
        open_links(made, experts)
        if promised_at is not None:
            Promise.objects.create(
                conversation=conversation,
                referral=made,
                made_at=now,
                made_by=actor,
                due_at=promised_at,
            )
        _tell(made, actor, "asked the experts of")
    return made


def open_links(referral: Referral, experts: Sequence[Expert]) -> None:
    """A link for each, and an e-mail that leaves at once. In the transaction of the caller."""
    now = clock.now()
    ReferralLink.objects.bulk_create(
        ReferralLink(
            referral=referral,
            expert=each,
            made_at=now,
            ends_at=rules.ends_at(referral.due_at),
            mail_due_at=now,
        )
        for each in experts
    )


def tell_more(referral: Referral, actor: Advisor, text: str) -> ReferralWord:
    """A word to the experts who are asked; they get another e-mail. Raises CannotError."""
    _require(referral, actor)
    words = masked(text.strip(), LONGEST)
    if not words:
        raise refusals.nothing_written()
    with transaction.atomic():
        if _locked(referral).ended_at is not None:
            raise _over()
        said = ReferralWord.objects.create(
            referral=referral,
            kind=ReferralWord.Kind.TOLD,
            at=clock.now(),
            advisor=actor,
            text=words,
        )
        referral.links.filter(ended_at=None).update(mail_due_at=clock.now(), attempts=0)
        _tell(referral, actor, "told more to the experts of")
    return said


def take_back(referral: Referral, actor: Advisor) -> None:
    """Nobody is asked any more: every link is shut. Raises CannotError when it had ended."""
    _require(referral, actor)
    now = clock.now()
    with transaction.atomic():
        if not Referral.objects.filter(pk=referral.pk, ended_at=None).update(ended_at=now):
            raise _over()
        shut(referral)
        _tell(referral, actor, "took the question back from")
    referral.refresh_from_db()


def shut(referral: Referral) -> None:
    """Every link to it, and what was still to be mailed."""
    rows = ReferralLink.objects.filter(referral=referral, ended_at=None)
    rows.update(ended_at=clock.now(), mail_due_at=None)


def use(referral: Referral, actor: Advisor) -> None:
    """The expert's answer stands in the actor's draft, behind what is written so far."""
    _require(referral, actor)
    answer = referral.said.filter(kind=ReferralWord.Kind.ANSWER).order_by("-at", "-id").first()
    if answer is None:
        raise CannotError(_("There is no answer yet."))
    if not mine.may_answer(referral.conversation, actor):
        raise refusals.NotYoursError(None)
    with transaction.atomic():
        drafting.add_to_draft(referral.conversation, actor, answer.text, between="\n\n")
        Referral.objects.filter(pk=referral.pk, used_at=None).update(used_at=clock.now())
        _tell(referral, actor, "used the answer of")


def _check_holder(conversation: Conversation, actor: Advisor) -> None:
    if not may_ask(conversation, actor):
        raise refusals.NotYoursError(str(conversation.holder) if conversation.holder else None)


def _check(experts: Sequence[Expert], words: str) -> None:
    if not experts:
        raise CannotError(_("Choose whom to ask."))
    if not words:
        raise CannotError(_("Write what you want to know."))
    if not mail.is_set_up():
        raise CannotError(
            _("The desk has no mail server to ask experts with: set REJOINDER_SMTP_URL.")
        )


def _check_times(due_at: datetime, promised_at: datetime | None) -> None:
    now = clock.now()
    if not now < due_at <= now + FARTHEST:
        raise CannotError(_("Ask for a moment to come, within thirty days."))
    if promised_at is not None and promised_at < due_at:
        raise CannotError(_("Promise a moment after the one by which you ask for an answer."))


def _require(referral: Referral, actor: Advisor) -> None:
    access.require(actor, access.ANSWER)
    if not may_act(referral, actor):
        raise refusals.NotYoursError(str(referral.asker))


def _locked(referral: Referral) -> Referral:
    return Referral.objects.select_for_update().get(pk=referral.pk)


def _over() -> CannotError:
    return CannotError(_("This question has been answered or taken back."))


def _tell(referral: Referral, actor: Advisor, did: str) -> None:
    talk = referral.conversation
    live.changed(live.QUEUE, live.conversation(talk.public_id))
    audit.line(actor, did, referral.area.name, conversation=str(talk.public_id))
