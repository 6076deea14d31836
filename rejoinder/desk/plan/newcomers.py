"""People whom the plan has not looked at yet: what it last decided about such as they are."""

from collections.abc import Callable
from datetime import datetime, timedelta

import numpy as np

from rejoinder.budget.plan.decide import Decisions
from rejoinder.budget.plan.situation import Ints, Waiting
from rejoinder.budget.plan.words import REASONS
from rejoinder.desk.models import PlanLook
from rejoinder.desk.plan.gather import Gathered
from rejoinder.listening.models import Conversation, Mention, Need
from rejoinder.plumbing import clock
from rejoinder.team.models import Advisor

# What a planner decided that has not looked since holds nobody: it has ended. Where a rehearsal
# runs fast, minutes are gone before it could look again.
FRESH = timedelta(minutes=2)
AT_WORK = 30.0  # seconds of the machine's clock
CALM = [need for need in Need if need != Need.URGENT]

Reasons = Callable[[Gathered, Decisions, Waiting], Ints]


def such(known: Gathered) -> Waiting:
    """One made-up person for each account and need but urgent, who comes now."""
    accounts, needs = len(known.accounts), len(CALM)
    many = accounts * needs
    return Waiting(
        came=np.full(many, known.situation.now),
        need=np.tile(np.array([int(need) for need in CALM], dtype=np.int64), accounts),
        account=np.repeat(np.arange(accounts, dtype=np.int64), needs),
        question=np.full(many, -1, dtype=np.int64),
        answered=np.zeros(many, dtype=np.bool_),
    )


def remember(known: Gathered, reasons: Ints) -> None:
    """Until the next look; `reasons` belong to `such`, -1 lets go."""
    rows = reasons.reshape(len(known.accounts), len(CALM)).tolist()
    holds = {
        str(account.pk): {
            str(int(need)): REASONS[why] for need, why in zip(CALM, row, strict=True) if why >= 0
        }
        for account, row in zip(known.accounts, rows, strict=True)
    }
    kept = {account: needs for account, needs in holds.items() if needs}
    PlanLook.objects.update_or_create(pk=1, defaults={"at": clock.now(), "holds": kept})


def forget() -> None:
    """The plan keeps nobody back."""
    PlanLook.objects.all().delete()


def why_kept_back(talk: Conversation) -> str | None:
    """Why somebody who came since the last look is kept back until the next; None: they are not."""
    if talk.need == Need.URGENT or talk.kept_back or talk.waiting_since is None:
        return None
    look = PlanLook.objects.filter(pk=1).first()
    if look is None or clock.now() - look.at > max(FRESH, clock.meanwhile(AT_WORK)):
        return None
    found: str | None = look.holds.get(str(talk.account_id), {}).get(str(talk.need))
    return found if found and _heard_since(talk, look.at) else None


def keep_back(talk: Conversation, why: str, holder: Advisor | None) -> None:
    """Nobody has it, and the page says why; the next look decides anew. `holder` has it now."""
    Conversation.objects.filter(pk=talk.pk, holder=holder).update(
        holder=None, held_at=None, kept_back=why, kept_until=None
    )


def _heard_since(talk: Conversation, look: datetime) -> bool:
    """Networks are late: what counts is when the desk heard it."""
    heard = Mention.objects.filter(pk=talk.last_mention_id or 0, heard_at__gt=look)
    return heard.exists()
