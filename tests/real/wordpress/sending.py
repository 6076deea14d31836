"""What the processes of `test_way` do. `python -m tests.real.wordpress.sending COMMAND …`."""

import json
import sys
from collections.abc import Callable
from datetime import timedelta

import django


def prepare(url: str, password: str, comment: str, title: str) -> None:
    """An account on the site, a reply to the comment, and a publication."""
    from rejoinder.channels.actions import connect
    from rejoinder.channels.wordpress import reading
    from rejoinder.outbox import publish
    from rejoinder.outbox.actions import queue_reply
    from rejoinder.plumbing import clock, ids
    from tests import people, scene

    values = {"url": url, "user": "desk", "password": password}
    account = connect("wordpress", values, witness=lambda _: None)
    name = reading.name(reading.site(url), int(comment))
    conversation = scene.wrote("Tom", "No signal", channel="wordpress", thread=name)
    queue_reply(
        conversation,
        scene.last(conversation),
        people.alice(),
        "Back at noon.",
        account=account,
        due_at=clock.now(),
    )
    publish.queue(
        account,
        subject=ids.new(),
        number=1,
        title=title,
        text="Back at noon.",
        actor=people.alice(),
    )


def later(minutes: str, rest: str = "") -> None:
    """So many minutes later: look up what is in doubt, send the rest if told so, tell the state."""
    from rejoinder.outbox.models import Publication, Reply
    from rejoinder.outbox.reconcile import reconcile
    from rejoinder.outbox.send import Sender
    from rejoinder.plumbing import clock

    with clock.standing(clock.now() + timedelta(minutes=int(minutes))):
        while reconcile():
            pass
        if rest:
            Sender().run_once()
    states = {"reply": Reply.objects.get().state, "publication": Publication.objects.get().state}
    print(json.dumps(states))


if __name__ == "__main__":
    django.setup()
    does: dict[str, Callable[..., None]] = {"prepare": prepare, "later": later}
    does[sys.argv[1]](*sys.argv[2:])
