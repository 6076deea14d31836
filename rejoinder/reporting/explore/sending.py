"""Views that are due: claimed, sent by e-mail, tried again."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import Q

from rejoinder.plumbing import clock
from rejoinder.plumbing.config import config
from rejoinder.reporting.digest import rules
from rejoinder.reporting.explore import links
from rejoinder.reporting.explore.asking import asked
from rejoinder.reporting.explore.times import may_have
from rejoinder.reporting.models import ViewLink, ViewTime
from rejoinder.reporting.zone import zone
from rejoinder.team.notify import mail
from rejoinder.team.notify import rules as trying

EVERY = 30.0  # seconds
AT_ONCE = 20
CLAIMED = timedelta(minutes=2)  # whoever dies over one leaves it to be tried after so long
PATH = "/reports/explore"
Letter = Callable[[ViewTime, str], tuple[str, str]]  # with the address; subject and text


class Sender:
    """Sends what is due; `letter` finds the words."""

    def __init__(self, letter: Letter) -> None:
        self._letter = letter

    def run(self) -> int:
        """How many left. One that left as its process died leaves again."""
        if not mail.is_set_up():
            return 0
        now, chosen = (
            clock.now(),
            ViewTime.objects.select_related("view", "advisor", "expert__area"),
        )
        for each in chosen.filter(view__removed_at=None):
            _make_due(each)
        due = chosen.filter(view__removed_at=None, mail_due_at__lte=now)
        return sum(self._send(one) for one in due.order_by("mail_due_at", "id")[:AT_ONCE])

    def _send(self, one: ViewTime) -> int:
        mine = ViewTime.objects.filter(pk=one.pk, mail_due_at=one.mail_due_at)
        if not may_have(one.to):
            mine.update(mail_due_at=None)
            return 0
        claimed = clock.now() + CLAIMED
        if not mine.update(mail_due_at=claimed, attempts=one.attempts + 1):
            return 0  # another process has it
        row = ViewTime.objects.filter(pk=one.pk, mail_due_at=claimed)
        link, address = _address(one)
        try:
            mail.send(one.to.email, *self._letter(one, address))
        except mail.NotSentError as error:
            again = trying.next_try(one.attempts + 1, clock.now())
            row.update(mail_due_at=again, words=str(error)[:300])
            if link:
                ViewLink.objects.filter(pk=link.pk).update(ended_at=clock.now())
            return 0
        row.update(mail_due_at=None, mailed_at=clock.now(), words="")
        return 1


def _make_due(each: ViewTime) -> None:
    now = clock.now()
    due = rules.last_due(each.weekday, each.hour, now, zone())
    if rules.is_due(due, each.set_at, now) and (each.due_at is None or each.due_at < due):
        # Two processes may come to it at once: the condition lets one of them in.
        older = ViewTime.objects.filter(Q(due_at=None) | Q(due_at__lt=due), pk=each.pk)
        older.update(due_at=due, mail_due_at=now, attempts=0)


def _address(one: ViewTime) -> tuple[ViewLink | None, str]:
    """Where the reader sees the chart: colleagues on the desk, experts by a link of their own."""
    if one.expert is not None:
        return links.for_expert(one.view, one.expert)
    return None, f"{config().base_url}{PATH}?{urlencode(asked(one.view.asks).as_query())}"
