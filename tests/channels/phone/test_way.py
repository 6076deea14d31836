"""The way of a call into the desk: one mention in the queue, and its number in the vault alone."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from rejoinder.channels.models import Account
from rejoinder.channels.phone import ringing
from rejoinder.channels.phone.ringing import Ring
from rejoinder.listening.hear import hand_in
from rejoinder.listening.intake import triage
from rejoinder.listening.models import Conversation, Mention
from rejoinder.plumbing import clock
from rejoinder.plumbing.log import FileLog
from rejoinder.privacy import contacts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

REFERENCE = "0123-4567-89AB"
RING = Ring("1.1", "granny", datetime(2026, 3, 2, 8, 59, tzinfo=UTC))


def test_a_call_and_its_end_are_one_mention_and_the_number_is_sealed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = FileLog(tmp_path / "log.db")
    monkeypatch.setattr(hand_in, "log", lambda: log)
    account = Account(channel="phone", external_id="01632 960000", handle="01632 960000")
    account.connected_at = clock.now()
    account.save()
    page = f"https://desk.example.com/calls/{REFERENCE}"
    came = ringing.came(REFERENCE, RING, "07700900123", page)
    ended = ringing.ended(REFERENCE, replace(RING, seconds=83), page, recorded=True)
    hand_in.hand_in(account, [came])
    triage.run_once(log)
    assert Mention.objects.get().text == "A call has come in."
    hand_in.hand_in(account, [came, ended, ended])  # told again after a connection broke
    triage.run_once(log)
    mention = Mention.objects.get()
    assert mention.text == "Voicemail, 1:23."
    assert Conversation.objects.get().thread == REFERENCE
    assert contacts.told("phone", ["granny"], "phone") == {"granny"}
    assert "900123" not in str(Mention.objects.values().get())
    log.close()
