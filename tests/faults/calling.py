"""What the processes of `test_recordings` and `test_dialling` do."""

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


def dial(url: str, user: str, password: str) -> None:
    """Alice asks for a call to Granny Smith, at whatever hour."""
    from rejoinder.channels import actions
    from rejoinder.channels.phone import hours
    from rejoinder.desk import actions as desk
    from rejoinder.desk.models import Dialled
    from rejoinder.plumbing import clock
    from rejoinder.privacy import contacts
    from tests import people, scene

    given = {
        "number": "01632 960000", "hours": hours.USUAL, "calls": "6", "days": "30",
        "exchange": url, "user": user, "password": password, "sound": "sound:greeting",
        "outside": "PJSIP/{number}@trunk", "country": "GB",
    }  # fmt: skip
    account = actions.connect("phone", given, witness=lambda _: None)
    alice, now = people.alice(), clock.now()
    alice.extension = "PJSIP/101"
    alice.save()
    talk = desk.take(scene.wrote("Granny", "Please call me.", channel="phone"), alice)
    contacts.seal([contacts.Reach("phone", "granny", "phone", "020 7946 0123")])
    Dialled.objects.create(
        conversation=talk,
        advisor=alice,
        account=account,
        why="promised",
        stage="asked",
        asked_at=now,
        since=now,
    )


def dialled() -> None:
    """How the call stands."""
    from rejoinder.desk.models import Dialled

    row = Dialled.objects.get()
    print(json.dumps([row.stage, row.outcome]))


def sealed() -> None:
    """How many recordings the vault has."""
    from rejoinder.privacy import voices

    print(json.dumps(len(voices.all_kept())))


if __name__ == "__main__":
    django.setup()
    does: dict[str, Callable[..., None]] = {
        "prepare": prepare, "sealed": sealed, "dial": dial, "dialled": dialled,
    }  # fmt: skip
    does[sys.argv[1]](*sys.argv[2:])
