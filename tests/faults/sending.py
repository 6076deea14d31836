"""What the processes of `test_sender` do. `python -m tests.faults.sending COMMAND …`."""

import json
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import django
import httpx

if TYPE_CHECKING:
    from rejoinder.channels.models import Account

CAP = 4
REPLIES = 6


def prepare(url: str, handle: str) -> None:
    """An account on the pretend network that allows CAP an hour, and more replies than that."""
    from rejoinder.budget.models import LimitRule, Source
    from rejoinder.budget.rules import holder
    from rejoinder.channels.actions import connect
    from rejoinder.plumbing import clock

    account = connect("pretend", {"url": url, "handle": handle}, witness=lambda _: None)
    LimitRule.objects.create(
        holder=holder(account, "account"),
        name="hour",
        unit="posts",
        cap=CAP * 1_000_000,
        cost=1_000_000,
        window=timedelta(hours=1),
        offset=timedelta(0),
        source=Source.CORRECTED,
        made_at=clock.now(),
    )
    limit(url, CAP)
    for number in range(REPLIES):
        _queue(account, url, number)


def _queue(account: "Account", url: str, number: int) -> None:
    from rejoinder.outbox.actions import queue_reply
    from rejoinder.plumbing import clock
    from tests import people, scene

    order = {"say": {"by": f"Tom {number}", "text": "No signal"}}
    posted = httpx.post(f"{url}/control", json=order).json()["id"]
    conversation = scene.wrote(f"Tom {number}", "No signal", channel="pretend", thread=posted)
    queue_reply(
        conversation,
        scene.last(conversation),
        people.alice(),
        f"Reply {number}",
        account=account,
        due_at=clock.now(),
    )


def limit(url: str, cap: int) -> None:
    """The far end allows `cap` an hour from now on.

    It tells nothing of its windows: its clock is not turned on with the desk's, so what it would
    count still is over by our clock, and would be taken for posts of others.
    """
    window = {"name": "hour", "cap": cap, "seconds": 3600, "alignment": "sliding"}
    order = {"limit": {"window": window, "only": True}, "tells": "nothing"}
    httpx.post(f"{url}/control", json=order)


def later(minutes: str) -> None:
    """So many minutes later: look up what is in doubt, send what is due, tell the state."""
    from rejoinder.outbox.reconcile import reconcile
    from rejoinder.outbox.send import Sender
    from rejoinder.plumbing import clock

    with clock.standing(clock.now() + timedelta(minutes=int(minutes))):
        while reconcile():
            pass
        Sender().run_once()
    print(json.dumps(state()))


def state() -> dict[str, object]:
    """The replies by text, and what of the allowance is used, in replies."""
    from rejoinder.budget.models import Allowance
    from rejoinder.outbox.models import Reply

    allowance = Allowance.objects.get()
    return {
        "replies": dict(Reply.objects.values_list("text", "state")),
        "used": (allowance.spent + allowance.reserved) / 1_000_000,
    }


if __name__ == "__main__":
    django.setup()
    does: dict[str, Callable[..., None]] = {"prepare": prepare, "later": later}
    does[sys.argv[1]](*sys.argv[2:])
