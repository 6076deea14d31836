"""What the processes of `test_publisher` do. `python -m tests.faults.publishing COMMAND …`."""

import json
import sys
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import django

SUBJECT = UUID("01a2d07c-0000-7000-8000-000000000001")


def connect(url: str, handle: str) -> None:
    """An account on the pretend network."""
    from rejoinder.channels import actions

    actions.connect("pretend", {"url": url, "handle": handle}, witness=lambda _: None)


def queue(number: str) -> None:
    """Alice publishes a number of the subject."""
    from rejoinder.channels.models import Account
    from rejoinder.outbox import publish
    from tests import people

    publish.queue(
        Account.objects.get(),
        subject=SUBJECT,
        number=int(number),
        title="Outage in Leeds",
        text=f"Leeds, {number}",
        pin=True,
        actor=people.alice(),
    )


def later(minutes: str) -> None:
    """So many minutes later: look up what is in doubt, send what is due, tell the state."""
    from rejoinder.outbox.models import Publication
    from rejoinder.outbox.reconcile import reconcile
    from rejoinder.outbox.send import Sender
    from rejoinder.plumbing import clock

    with clock.standing(clock.now() + timedelta(minutes=int(minutes))):
        while reconcile():
            pass
        Sender().run_once()
    print(json.dumps(dict(Publication.objects.values_list("number", "state"))))


if __name__ == "__main__":
    django.setup()
    does: dict[str, Callable[..., None]] = {"connect": connect, "queue": queue, "later": later}
    does[sys.argv[1]](*sys.argv[2:])
