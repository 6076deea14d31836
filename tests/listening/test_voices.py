"""Recordings are sealed before they are deleted where they were made, and end when they should."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import translation

from rejoinder.channels.contract import TroubleError
from rejoinder.channels.models import Account
from rejoinder.channels.phone.phone import Phone
from rejoinder.listening import voices
from rejoinder.listening.models import LeftThere, Mention
from rejoinder.listening.store import store
from rejoinder.plumbing import clock
from rejoinder.privacy import rights
from rejoinder.privacy import voices as sealed
from rejoinder.privacy.models import Cell, LedgerEntry
from rejoinder.privacy.vault import Person
from rejoinder.team.access import NotAllowedError
from rejoinder.web.talk import voice
from tests import people, scene

pytestmark = pytest.mark.django_db(transaction=True)

SOUND = b"RIFF what granny said"


class Exchange(Phone):
    """A telephone whose exchange keeps what this says."""

    there: dict[str, bytes]
    away = ""

    def voices(self) -> list[str]:
        if self.away:
            raise TroubleError(self.away)
        return list(self.there)

    def voice(self, external_id: str) -> bytes | None:
        return self.there.get(external_id)

    def forget_voice(self, external_id: str) -> None:
        self.there.pop(external_id, None)


@pytest.fixture
def exchange(monkeypatch: pytest.MonkeyPatch) -> type[Exchange]:
    found = type("There", (Exchange,), {"there": {}})
    monkeypatch.setattr(voices, "open_account", lambda account: found(None, None))
    return found


def spoke(exchange: type[Exchange], days: int = 0, length: str = "0:34") -> Mention:
    talk = scene.wrote("granny", "Voicemail, 0:34.", channel="phone", ago=timedelta(days=days))
    row = scene.last(talk)
    row.media, row.ref = [{"kind": "audio", "url": "", "alt": length}], {"kind": "call"}
    row.save()
    exchange.there[row.external_id] = SOUND
    return row


def test_it_is_sealed_then_deleted_there_and_heard_for_a_reason(exchange: type[Exchange]) -> None:
    row = spoke(exchange)
    assert voices.Fetcher().run() == 1
    assert exchange.there == {}
    assert b"granny" not in bytes(Cell.objects.get(field="voice").sealed)
    alice = people.alice()
    assert sealed.open_voice(row, "care-reply", alice, "she asked us to listen") == SOUND
    entry = LedgerEntry.objects.get()
    assert (entry.kind, entry.field, entry.purpose) == ("opened", "voice", "care-reply")
    with pytest.raises(NotAllowedError):
        sealed.open_voice(row, "care-reply", people.ann(), "curious")


def test_a_full_disk_or_a_kill_deletes_nothing_there(exchange: type[Exchange]) -> None:
    row = spoke(exchange)
    fetcher = voices.Fetcher()
    with patch.object(sealed, "seal", side_effect=DatabaseError("disk full")):
        assert fetcher.run() == 0
    assert exchange.there
    with (
        patch.object(exchange, "forget_voice", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        fetcher.run()
    assert exchange.there
    assert sealed.kept([sealed.item(row)])
    assert fetcher.run() == 0  # sealed already: it is deleted there, and no more
    assert exchange.there == {}


def test_an_exchange_that_is_away_is_said_once(
    exchange: type[Exchange], caplog: pytest.LogCaptureFixture
) -> None:
    row = spoke(exchange)
    exchange.away = "pbx.example.com cannot be reached."
    fetcher = voices.Fetcher()
    fetcher.run()
    fetcher.run()
    assert sum("cannot be reached" in line for line in caplog.messages) == 1
    assert "still at the exchange" in voice.words(row, voice.standing(row))
    exchange.away = ""
    assert fetcher.run() == 1


def test_what_is_not_over_or_nobodys_stays_there(exchange: type[Exchange]) -> None:
    row = spoke(exchange)
    Mention.objects.filter(pk=row.pk).update(media=[])  # the call goes on
    exchange.there["older-than-the-desk"] = SOUND
    assert voices.Fetcher().run() == 0
    assert len(exchange.there) == 2


def test_it_is_destroyed_when_its_days_are_over(exchange: type[Exchange]) -> None:
    old, new = spoke(exchange, days=20), spoke(exchange, days=3)
    voices.Fetcher().run()
    assert voices.end_due() == 0
    Account.objects.update(settings={"days": "7"})
    assert voices.end_due() == 1
    assert sealed.kept([sealed.item(old), sealed.item(new)]) == {sealed.item(new)}
    row = Mention.objects.get(pk=old.pk)
    assert voice.standing(row) == "over"
    late = spoke(exchange, days=8)  # an exchange that was away for long
    assert voices.Fetcher().run() == 0
    assert exchange.there == {}
    assert not sealed.kept([sealed.item(late)])


def test_it_goes_with_the_person(exchange: type[Exchange]) -> None:
    row = spoke(exchange)
    store().index([row.pk], [row.text])
    voices.Fetcher().run()
    rights.erase(Person("phone", "granny"), "job test", "she asked for it")
    assert not Cell.objects.filter(field="voice").exists()
    exchange.there["late"] = SOUND  # and nothing of hers is fetched again
    assert voices.Fetcher().run() == 0


def test_erased_before_it_was_fetched_it_goes_there_once_the_exchange_answers(
    exchange: type[Exchange],
) -> None:
    row = spoke(exchange)
    store().index([row.pk], [row.text])
    exchange.away = "pbx.example.com cannot be reached."
    rights.erase(Person("phone", "granny"), "job test", "she asked for it")
    fetcher = voices.Fetcher()
    assert fetcher.run() == 0
    assert exchange.there
    exchange.away = ""
    assert fetcher.run() == 0
    assert exchange.there == {}
    assert not LeftThere.objects.exists()
    assert not Cell.objects.filter(field="voice").exists()


def test_the_page_plays_it_and_no_address_leads_to_it(
    exchange: type[Exchange], client: Client
) -> None:
    row = spoke(exchange)
    client.force_login(people.alice())
    talk = f"/c/{row.conversation.public_id}"  # type: ignore[union-attr]
    assert "still at the exchange" in client.get(talk).content.decode()
    voices.Fetcher().run()
    shown = client.get(talk).content.decode()
    assert "Voicemail, 0:34" in shown
    assert "Listen to it" in shown
    address = f"{talk}/voice/{row.pk}"
    assert client.get(address).status_code == 405
    assert client.post(address, {"purpose": "care-reply", "why": ""}).status_code == 302
    answer = client.post(address, {"purpose": "care-reply", "why": "to hear what she needs"})
    page = answer.content.decode()
    assert "<audio controls" in page
    assert 'value="Voicemail' not in page, "nobody searched for it"
    policy = answer["Content-Security-Policy"]
    assert "media-src data:" in policy
    assert policy.count("media-src") == 1
    assert "no-store" in answer["Cache-Control"]
    assert LedgerEntry.objects.filter(kind="opened", field="voice").count() == 1


def test_the_words_of_a_call_are_in_the_readers_language(exchange: type[Exchange]) -> None:
    row = spoke(exchange, length="")
    with translation.override("de"), patch.object(voice, "_", lambda words: f"[{words}]"):
        assert voice.told(row) == "[Voicemail]"
        row.media, row.text = [], "A call without a message."
        assert voice.told(row) == "[A call without a message.]"
        row.text = "What an advisor wrote down"
        assert voice.told(row) == "What an advisor wrote down"


def test_clock_of_the_end() -> None:
    now = clock.now()
    assert voices.over(now - timedelta(days=7), 7, now)
    assert not voices.over(now - timedelta(days=6, hours=23), 7, now)
