"""The e-mails that tell experts of a question: due rows, each claimed, sent, tried again."""

from datetime import timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from rejoinder.desk.experts import links
from rejoinder.desk.models import Referral, ReferralLink
from rejoinder.plumbing import clock, live
from rejoinder.team.notify import mail, rules

AT_ONCE = 50
CLAIMED = timedelta(minutes=2)  # whoever dies over one leaves it to be tried after so long


def deliver() -> int:
    """What is due, and one reminder for what is late; how many left.

    An e-mail that left as its process died leaves again: it says nothing but that somebody asks.
    """
    _remind()
    due = ReferralLink.objects.filter(mail_due_at__lte=clock.now(), ended_at=None)
    rows = due.select_related("expert", "referral__area", "referral__asker")
    return sum(_deliver(one) for one in rows.order_by("mail_due_at", "id")[:AT_ONCE])


def _remind() -> None:
    now = clock.now()
    late = Referral.objects.filter(ended_at=None, due_at__lte=now, reminded_at=None)
    for one in late.select_related("conversation"):
        with transaction.atomic():
            if Referral.objects.filter(pk=one.pk, reminded_at=None).update(reminded_at=now):
                one.links.filter(ended_at=None).update(mail_due_at=now, attempts=0)
                live.changed(live.QUEUE, live.conversation(one.conversation.public_id))


def _deliver(one: ReferralLink) -> int:
    now, mine = clock.now(), ReferralLink.objects.filter(pk=one.pk, mail_due_at=one.mail_due_at)
    if not mine.update(mail_due_at=now + CLAIMED, attempts=one.attempts + 1):
        return 0  # another process has it
    row = ReferralLink.objects.filter(pk=one.pk)
    try:
        mail.send(one.expert.email, *_letter(one))
    except mail.NotSentError as error:
        again = rules.next_try(one.attempts + 1, clock.now())
        row.update(mail_due_at=again, words=str(error)[:300])
        return 0
    row.update(mail_due_at=None, mailed_at=clock.now(), words="")
    return 1


def _letter(one: ReferralLink) -> tuple[str, str]:
    """Subject and text in the expert's language. Nothing of the person's words: those stand on the
    page, which can be shut.
    """
    asked, late = one.referral, one.referral.reminded_at is not None
    with translation.override(one.expert.language):
        values = {"asker": asked.asker.public_name, "area": asked.area.name}
        subject = _("Still open: %(asker)s asks %(area)s") if late else _("%(asker)s asks %(area)s")
        text = _(
            "Somebody who wrote to us waits for an answer that you may know. The question stands "
            "on this page, and you can answer there, ask back or pass it on. You need no account."
        )
        below = _("The address is yours alone and is shut when the question is answered.")
        return subject % values, f"{text}\n\n{links.address(one)}\n\n{below}\n"
