"""Ways beside a public reply by a program: what channels offer, and whom the plan moves there."""

from collections.abc import Sequence

import numpy as np
from django.db.models import Count

from rejoinder.budget.forecast import room
from rejoinder.budget.plan.decide import BY_HAND as HAND
from rejoinder.budget.plan.decide import PRIVATELY, Decisions
from rejoinder.budget.plan.situation import Bools, Floats
from rejoinder.budget.plan.ways import Ways
from rejoinder.budget.plan.words import DOS, REASONS
from rejoinder.budget.rules import units
from rejoinder.channels import registry
from rejoinder.channels.contract import BY_HAND, MONEY, PRIVATE
from rejoinder.channels.models import Account
from rejoinder.desk.by_hand import only_by_hand
from rejoinder.desk.models import PlanWay
from rejoinder.desk.plan.gather import Gathered
from rejoinder.listening.models import Conversation, Mention
from rejoinder.plumbing import clock

LOOKED = 1000  # people, the first in turn, whose own words say how they may be answered


def ways(known: Gathered) -> Ways:
    """What the channels offer to those who wait."""
    accounts, account = known.accounts, known.situation.waiting.account
    private = np.array([_has_private(each) for each in accounts], dtype=np.bool_)
    hand = np.array([_can(each, "by_hand") for each in accounts], dtype=np.bool_)
    words = _first(known, (private | hand)[account])
    public = np.array([each is not None and each.public for each in words], dtype=np.bool_)
    alone = [each is not None and only_by_hand(each) is True for each in words]
    return Ways(
        private=public & private[account],
        by_hand=np.array(alone, dtype=np.bool_),
        private_left=_left(accounts, PRIVATE, private),
        by_hand_left=_left(accounts, BY_HAND, hand),
        broke=(known.left(money=False) >= 1) & (known.left() < 1),
    )


def none(many: int, accounts: int) -> Ways:
    """No other way for anybody, such as people who are made up."""
    nobody, nowhere = np.zeros(many, dtype=np.bool_), np.zeros(accounts)
    return Ways(nobody, nobody, nowhere, nowhere, nowhere.astype(np.bool_))


def write(known: Gathered, decided: Decisions) -> None:
    """A row for each whom the plan moves; those whom somebody has keep theirs."""
    wanted = {
        int(known.conversations[row]): (DOS[decided.do[row]], REASONS[decided.reason[row]])
        for row in np.flatnonzero(np.isin(decided.do, (PRIVATELY, HAND)))
    }
    rows = {row.conversation_id: row for row in PlanWay.objects.filter(conversation__holder=None)}
    over = [row.pk for talk, row in rows.items() if wanted.get(talk) != (row.do, row.why)]
    PlanWay.objects.filter(pk__in=over).delete()
    stays = {talk for talk, row in rows.items() if row.pk not in set(over)}
    PlanWay.objects.bulk_create(
        [
            PlanWay(conversation_id=talk, do=do, why=why, at=clock.now())
            for talk, (do, why) in wanted.items()
            if talk not in stays
        ],
        ignore_conflicts=True,
    )


def forget() -> None:
    """The plan moves nobody."""
    PlanWay.objects.all().delete()


def advised(talks: Sequence[Conversation]) -> dict[int, str]:
    """By conversation that waits, why the plan would have it answered in another way."""
    waiting = [talk.pk for talk in talks if talk.waiting_since]
    return dict(
        PlanWay.objects.filter(conversation__in=waiting).values_list("conversation_id", "why")
    )


def counts() -> list[tuple[str, int, int]]:
    """How many wait whom the plan moves, by reason and need."""
    waiting = PlanWay.objects.filter(conversation__waiting_since__isnull=False)
    rows = waiting.values_list("why", "conversation__need").annotate(many=Count("id"))
    return sorted(rows)


def _can(account: Account, what: str) -> bool:
    channel = registry.channels().get(account.channel)
    return channel is not None and getattr(channel.can, what) is True


def _has_private(account: Account) -> bool:
    """Whether private replies take no room that public ones want."""
    shared = (unit for unit in units(account) if unit.cost() and unit.cost(PRIVATE))
    return _can(account, "private") and all(rule.unit in MONEY for u in shared for rule in u.rules)


def _first(known: Gathered, asked: Bools) -> list[Mention | None]:
    """The last words of the first in turn of those that are asked about."""
    rows = np.flatnonzero(asked)[:LOOKED]
    talks = Conversation.objects.filter(pk__in=known.conversations[rows].tolist())
    last = dict(talks.values_list("pk", "last_mention_id"))
    found = Mention.objects.select_related("account").in_bulk(list(last.values()))
    words: list[Mention | None] = [None] * len(asked)
    for row in rows.tolist():
        words[row] = found.get(last.get(int(known.conversations[row])) or 0)
    return words


def _left(accounts: Sequence[Account], kind: str, offered: Bools) -> Floats:
    rooms = [
        room(each, kind) if there else 0 for each, there in zip(accounts, offered, strict=True)
    ]
    return np.array([np.inf if each is None else each for each in rooms], dtype=np.float64)
