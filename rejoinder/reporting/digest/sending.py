"""Digests that are due: a row each, claimed, sent by e-mail, tried again."""

from collections.abc import Callable
from datetime import timedelta

from rejoinder.plumbing import clock
from rejoinder.reporting.digest import rules
from rejoinder.reporting.digest.choosing import chosen
from rejoinder.reporting.models import Digest, DigestTime
from rejoinder.reporting.spans import WEEK, Span, before
from rejoinder.reporting.zone import zone
from rejoinder.team.notify import mail
from rejoinder.team.notify import rules as trying

EVERY = 30.0  # seconds
AT_ONCE = 20
CLAIMED = timedelta(minutes=2)  # whoever dies over one leaves it to be tried after so long
Letter = Callable[[Digest], tuple[str, str]]  # subject and text


class Sender:
    """Sends what is due; `letter` finds the words."""

    def __init__(self, letter: Letter) -> None:
        self._letter = letter

    def run(self) -> int:
        """How many left. One that left as its process died leaves again."""
        if not mail.is_set_up():
            return 0
        for each in chosen().values():
            _make(each)
        due = Digest.objects.filter(mail_due_at__lte=clock.now()).select_related("area", "expert")
        return sum(self._send(one) for one in due.order_by("mail_due_at", "id")[:AT_ONCE])

    def _send(self, one: Digest) -> int:
        mine = Digest.objects.filter(pk=one.pk, mail_due_at=one.mail_due_at)
        claimed = clock.now() + CLAIMED
        if not mine.update(mail_due_at=claimed, attempts=one.attempts + 1):
            return 0  # another process has it
        row = Digest.objects.filter(pk=one.pk)
        try:
            mail.send(one.expert.email, *self._letter(one))
        except mail.NotSentError as error:
            again = trying.next_try(one.attempts + 1, clock.now())
            row.update(mail_due_at=again, words=str(error)[:300])
            return 0
        row.update(mail_due_at=None, mailed_at=clock.now(), words="")
        return 1


def span(digest: Digest) -> Span:
    """The week that it tells of."""
    return Span(digest.first, WEEK)


def _make(each: DigestTime) -> None:
    now, here = clock.now(), zone()
    due = rules.last_due(each.weekday, each.hour, now, here)
    known = Digest.objects.filter(area=each.area_id, due_at=due)
    if rules.is_due(due, each.set_at, now) and not known.exists():
        row = Digest(
            area_id=each.area_id,
            expert_id=each.expert_id,
            first=before(due.astimezone(here).date(), WEEK).first,
            due_at=due,
            ends_at=now + rules.OPEN,
            mail_due_at=now,
        )
        # Two processes may come to it at once: the constraint lets one of them in.
        Digest.objects.bulk_create([row], ignore_conflicts=True)
