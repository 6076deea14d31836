"""What the frame around every page shows: views with counts, allowances, the team, the hearing.

Everything is read when a template asks for it, once for each page; a page without the frame costs
nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rejoinder.budget import forecast
from rejoinder.channels import registry
from rejoinder.channels.contract import Limit
from rejoinder.channels.models import Account
from rejoinder.crisis import actions
from rejoinder.desk import queue
from rejoinder.desk.coaching import listed as coaching
from rejoinder.desk.notes import calling
from rejoinder.drill.play import control
from rejoinder.listening.models import Conversation
from rejoinder.outbox import pause
from rejoinder.outbox.models import LEAVING, Reply
from rejoinder.plumbing import clock
from rejoinder.team import access, organisation
from rejoinder.team.models import Advisor
from rejoinder.team.rota import duty
from rejoinder.web.crisis import alarms, sentences
from rejoinder.web.frame import words
from rejoinder.web.templatetags.desk import channel_label, who

ALLOWANCES_SHOWN = 3
COLLEAGUES_SHOWN = 12
# The address of each view by the name the queue has for it.
VIEWS = {
    "inbox": "queue",
    "mine": "mine",
    "due": "due",
    "taken": "taken",
    "waiting-for-them": "waiting-for-them",
}
UNHEARD = 300.0  # seconds; a channel silent for longer is named


def shell(request: HttpRequest) -> dict[str, Any]:
    """The frame's values; nothing for people who are not signed in."""
    if not request.user.is_authenticated:
        return {}
    return {"shell": Shell(request.user, request.GET.get("at", request.path))}


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the rail."""

    label: str
    url: str
    here: bool
    count: str | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """What an account may still send, for the top bar; those nearest their end are shown."""

    account_label: str
    sentence: str
    until: str
    share_used: float


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody in the team and how much they have in hand."""

    name: str
    mark: str
    open: int
    on_duty: bool


@dataclass(frozen=True, slots=True)
class Hearing:
    """A line at the foot of the rail."""

    words: str
    trouble: bool = False


@dataclass(frozen=True, slots=True)
class Leaving:
    """The newest reply of one's own that can still be undone."""

    public_id: object
    to: str
    seconds: int


class Shell:
    """The frame of one page, read as it is shown."""

    def __init__(self, user: Advisor, at: str) -> None:
        self._user = user
        self._at = at

    @cached_property
    def may_read(self) -> bool:
        return access.may(self._user, access.READ)

    @cached_property
    def counts(self) -> Mapping[str, queue.Capped]:
        return queue.counts(self._user)

    @cached_property
    def sentence(self) -> str:
        """How many stand in the view that is shown; empty on other pages."""
        view = next((view for name, view in VIEWS.items() if reverse(name) == self._at), None)
        if view is None:
            return ""
        count = self.counts[view]
        shown = {
            "queue": ngettext("%(n)s waiting", "%(n)s waiting", count.number),
            "waiting-for-them": ngettext("%(n)s answered", "%(n)s answered", count.number),
        }.get(view, ngettext("%(n)s conversation", "%(n)s conversations", count.number))
        return shown % {"n": count}

    @cached_property
    def views(self) -> Sequence[Place]:
        counts = self.counts
        shown = [
            ("inbox", _("Queue"), counts["queue"]),
            ("mine", _("Mine"), counts["mine"]),
            ("taken", _("Taken by others"), counts["taken"]),
            ("waiting-for-them", _("Waiting for them"), counts["waiting-for-them"]),
            ("for-you", _("For you"), calling.unseen(self._user).count()),
            ("outbox", _("Leaving"), counts["leaving"]),
        ]
        if coaching.any_learns(self._user, self._team):
            shown.append(("coaching", _("Coaching"), len(coaching.to_look_at(self._user))))
        return [self._place(name, label, str(count)) for name, label, count in shown]

    @cached_property
    def rooms(self) -> Sequence[Place]:
        rooms = [
            ("crisis", _("Crisis"), access.READ),
            ("answers", _("Answers"), access.READ),
            ("questions", _("Questions"), access.READ),
            ("safety", _("Safety cards"), access.READ),
            ("plan", _("Plan"), access.READ),
            ("watches", _("Watches"), access.READ),
            ("search", _("Search"), access.READ),
            ("channels", _("Channels"), access.READ),
            ("allowances", _("Allowances"), access.READ),
            ("reports", _("Reports"), access.READ),
            ("team", _("Team"), access.PEOPLE),
            ("calling", _("Calling people"), access.CONNECT),
            ("rights", _("People's rights"), access.READ),
            ("incidents", _("Incidents"), access.AUDIT),
            ("audit", _("Audit"), access.AUDIT),
        ]
        shown = [(name, label) for name, label, right in rooms if access.may(self._user, right)]
        may = [self._place(name, label, self._since(name)) for name, label in shown]
        if access.may(self._user, access.CONNECT) and organisation.standing().set_up_at is None:
            may.insert(0, self._place("setup", _("Set up")))
        drill = control.standing()
        if drill is None:
            return may
        return [self._place("drill", _("Drill"), words.at(drill.at)), *may]

    @cached_property
    def paused(self) -> str:
        """That planned posts are held, for everybody to know; empty when they are not."""
        held = pause.paused() if self.may_read else None
        if held is None:
            return ""
        values = {"name": held.advisor.name, "at": words.at(held.at)}
        return _("Planned posts are paused: %(name)s, %(at)s.") % values

    @cached_property
    def alarm(self) -> str:
        """What nobody sees to yet; empty when all is quiet."""
        return alarms.calling() if self.may_read else ""

    @cached_property
    def alarm_settings(self) -> alarms.Settings:
        return alarms.settings(self._user)

    @cached_property
    def _team(self) -> Sequence[Advisor]:
        """Everybody who writes, also who learns."""
        return duty.answering(access.DRAFT)

    @cached_property
    def on_duty(self) -> Sequence[Colleague]:
        """Those who are on duty first."""
        people = [each for each in self._team if access.may(each, access.ANSWER)]
        on = duty.duty(people=people).on
        shown = sorted(people, key=lambda each: each.pk not in on)[:COLLEAGUES_SHOWN]
        held = Conversation.objects.filter(holder__in=shown).values("holder")
        open_ = dict(held.annotate(n=Count("id")).values_list("holder", "n"))
        return [
            Colleague(each.name, each.mark, open_.get(each.pk, 0), each.pk in on) for each in shown
        ]

    @cached_property
    def accounts(self) -> Sequence[Account]:
        return list(Account.objects.filter(disconnected_at=None).order_by("id"))

    @cached_property
    def allowances(self) -> Sequence[Room]:
        channels = [account.channel for account in self.accounts]
        labels = [
            account.handle
            if channels.count(account.channel) > 1
            else channel_label(account.channel)
            for account in self.accounts
        ]
        found = [room for room in map(_room, self.accounts, labels) if room]
        nearest = sorted(found, key=lambda room: -room.share_used)[:ALLOWANCES_SHOWN]
        return [room for room in found if room in nearest]

    @cached_property
    def hearing(self) -> Sequence[Hearing]:
        return hearing(self.accounts)

    @cached_property
    def leaving(self) -> Leaving | None:
        mine = Reply.objects.filter(advisor=self._user, state__in=LEAVING, due_at__gt=clock.now())
        # A reply that waits for room is on the page of what leaves; this is the undo of a moment.
        newest = mine.filter(attempts=0, words="").select_related("conversation__person").last()
        if newest is None:
            return None
        seconds = round((newest.due_at - clock.now()).total_seconds())
        return Leaving(newest.public_id, who(newest.conversation.person), seconds)

    def _since(self, name: str) -> str | None:
        """Since when a crisis is open, beside its room."""
        crisis = actions.open_ones().first() if name == "crisis" else None
        return sentences.since(crisis) if crisis else None

    def _place(self, name: str, label: str, count: str | None = None) -> Place:
        url = reverse(name)
        here = self._at == url or (
            name in {"crisis", "incidents", "rights"} and self._at.startswith(f"{url}/")
        )
        return Place(label, url, here, count)


def _limits(account: Account) -> Sequence[Limit]:
    channel = registry.channels().get(account.channel)
    return channel.limits() if channel else ()


def hearing(accounts: Sequence[Account]) -> list[Hearing]:
    """One sentence when all is well, one for each trouble otherwise."""
    if not accounts:
        return [Hearing(_("No channel is connected."), trouble=True)]
    troubled = [_trouble(account) for account in accounts if _is_troubled(account)]
    if troubled:
        return troubled
    oldest = min(accounts, key=lambda account: account.heard_at or account.connected_at)
    return [
        Hearing(
            _("All %(n)d channels heard.") % {"n": len(accounts)}
            if len(accounts) > 1
            else _("The channel is heard.")
        ),
        Hearing(
            _("Oldest check: %(channel)s, %(ago)s.")
            % {
                "channel": channel_label(oldest.channel),
                "ago": words.ago(oldest.heard_at or oldest.connected_at),
            }
        ),
    ]


def _is_troubled(account: Account) -> bool:
    since = account.heard_at or account.connected_at
    return bool(account.trouble) or (clock.now() - since).total_seconds() > UNHEARD


def _trouble(account: Account) -> Hearing:
    since: datetime = account.heard_at or account.connected_at
    sentence = _("%(channel)s is not heard since %(at)s.")
    values = {"channel": channel_label(account.channel), "at": words.at(since)}
    return Hearing(sentence % values, trouble=True)


def _room(account: Account, label: str) -> Room | None:
    """The limit nearest its end; None for an account without limits, and for one whose only limit
    is our own and far away: that of a telephone is no news.
    """
    limits = [each for each in forecast.left(account) if each.public]
    ours = not any(limit.published for limit in _limits(account))
    if not limits or (ours and all(each.left > each.cap / 2 for each in limits)):
        return None
    nearest = min(limits, key=lambda limit: (limit.replies, limit.left / limit.cap))
    allowed = int(nearest.cap // nearest.cost) if nearest.cost else 0
    frees = nearest.frees_at
    until = _("room at %(at)s") % {"at": words.at(frees)} if frees else words.span(nearest.window)
    sentence = _("%(left)s of %(cap)s") % {
        "left": words.figure(nearest.replies),
        "cap": words.figure(allowed),
    }
    share = 1 - nearest.left / nearest.cap if nearest.cap else 1.0
    return Room(label, sentence, until, share)
