"""What the processes of `test_recordings` do. `python -m tests.faults.calling COMMAND …`."""

import json
import sys
from collections.abc import Callable

import django

REFERENCE = "0123-4567-89AB"


def prepare(url: str, user: str, password: str) -> None:
    """A telephone at that exchange, and a call whose message is recorded there."""
    from rejoinder.channels import actions
    from rejoinder.channels.phone import hours, ringing
    from rejoinder.listening.hear.frames import pack
    from rejoinder.listening.intake import triage
    from rejoinder.plumbing import clock
    from rejoinder.plumbing.log import open_log

    given = {
        "number": "01632 960000", "hours": hours.USUAL, "calls": "6", "days": "30",
        "exchange": url, "user": user, "password": password, "sound": "sound:greeting",
    }  # fmt: skip
    account = actions.connect("phone", given, witness=lambda _: None)
    ring = ringing.Ring("1.1", "granny", clock.now(), seconds=34)
    page = f"https://desk.example.com/calls/{REFERENCE}"
    posts = [
        ringing.came(REFERENCE, ring, "07700900123", page),
        ringing.ended(REFERENCE, ring, page, recorded=True),
    ]
    log = open_log()
    log.append(pack("phone", account.pk, clock.now(), posts))
    triage.run_once(log)
    log.close()


def sealed() -> None:
    """How many recordings the vault has."""
    from rejoinder.privacy import voices

    print(json.dumps(len(voices.all_kept())))


if __name__ == "__main__":
    django.setup()
    does: dict[str, Callable[..., None]] = {"prepare": prepare, "sealed": sealed}
    does[sys.argv[1]](*sys.argv[2:])
