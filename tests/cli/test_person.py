"""Access and erasure, on a real desk in a folder of its own: afterwards a search finds nothing."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.databases import empty_database

pytestmark = pytest.mark.tables

# A person who stands nowhere else: whatever finds one of these words in a file has found a copy.
CANARY = ("did:plc:zyzzyva", "zyzzyva.example", "Zyzzyva Quill", "07700 900867", "quokkasandal")
FILL = """
import sys, django
django.setup()
from rejoinder.channels.contract import Contact, Post
from rejoinder.desk.models import Note
from rejoinder.listening.intake import triage
from rejoinder.listening.hear.frames import pack
from rejoinder.listening.models import Conversation, Mention
from rejoinder.plumbing import clock
from rejoinder.plumbing.log import open_log
from rejoinder.privacy import originals
from tests import people
author = dict(author_id="did:plc:zyzzyva", handle="zyzzyva.example", name="Zyzzyva Quill")
posts = [
    Post(external_id="at://did:plc:zyzzyva/1", text="quokkasandal ring 07700 900867", **author),
    Post(external_id="at://did:plc:zyzzyva/2", text="still no quokkasandal", **author,
         in_reply_to="at://did:plc:zyzzyva/1", contacts=(Contact("phone", "07700 900867"),)),
    Post(external_id="3", author_id="tom", handle="tom", name="Tom", text="no signal",
         in_reply_to="at://did:plc:zyzzyva/1"),
]
log = open_log()
log.append(pack("pretend", None, clock.now(), posts))
while triage.run_once(log):
    pass
talk = Conversation.objects.get(person__handle="zyzzyva.example")
Note.objects.create(conversation=talk, advisor=people.alice(), at=clock.now(), text="quokkasandal")
first = Mention.objects.get(external_id="at://did:plc:zyzzyva/1")
said = originals.open_original(first, "callback", people.alice(), "asked to be called")
assert "07700 900867" in said
"""
NAMES = ["--channel", "pretend", "--person", "@zyzzyva.example", "--why", "asked for it"]


class Desk:
    """A desk in a folder; each call is a process of its own, as on a command line."""

    def __init__(self, folder: Path, data: str = "desk") -> None:
        self.folder, self.data = folder, folder / data
        self.keys = folder / "keys"
        self.said: list[str] = []
        self.environment = os.environ | {
            "REJOINDER_DATA": str(self.data),
            "REJOINDER_KEYS": str(self.keys),
            "REJOINDER_DATABASE_URL": empty_database(),
            "DJANGO_SETTINGS_MODULE": "rejoinder.settings",
        }

    def run(self, *words: str, code: int = 0) -> str:
        return self._process([sys.executable, "-m", "rejoinder.cli", *words], code)

    def python(self, script: str) -> str:
        return self._process([sys.executable, "-c", script], 0)

    def _process(self, command: list[str], code: int) -> str:
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False, timeout=180
        )
        assert done.returncode == code, done.stderr
        self.said.append(done.stderr)
        return done.stdout

    def found(self, *skipped: Path) -> list[str]:
        """Where a file of the desk or what it said still has a word of the canary."""
        texts = [(str(path), path.read_bytes()) for path in self.files() if path not in skipped]
        texts += [("stderr", said.encode()) for said in self.said]
        return [
            f"{name}: {word}" for name, text in texts for word in CANARY if word.encode() in text
        ]

    def files(self) -> Iterator[Path]:
        folders = (self.data, self.keys)
        return (path for folder in folders for path in folder.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Heard, backed up, exported, erased, and brought back from the backup."""
    desk = Desk(tmp_path_factory.mktemp("erasure"))
    desk.run("migrate")
    desk.python(FILL)
    before = desk.found()
    old = desk.folder / "old.tar.gz"
    desk.run("backup", str(old))
    exported = json.loads(desk.run("person", "export", *NAMES))
    erased = json.loads(desk.run("person", "erase", *NAMES))
    after = desk.found()
    verified = json.loads(desk.run("verify", "--json"))
    again = desk.run("person", "export", *NAMES, code=1)
    back = Desk(desk.folder, "back")
    back.run("restore", str(old))
    return {
        "before": before,
        "exported": exported,
        "erased": erased,
        "after": after,
        "verified": verified,
        "again": again,
        "back": back,
        "tom": desk.python(TOM),
    }


TOM = """
import django
django.setup()
from rejoinder.listening.models import Mention
print(Mention.objects.get(external_id="3").text)
"""


def test_an_export_has_everything_and_says_what_for(journey: dict[str, Any]) -> None:
    found = journey["exported"]
    sealed = {(one["field"], one["value"]) for one in found["sealed"]}
    assert ("phone", "07700 900867") in sealed
    assert any(field == "original" and "quokkasandal" in value for field, value in sealed)
    texts = [one.get("text") for one in found["rooms"]["listening"]]
    assert "still no quokkasandal" in texts
    assert "no signal" not in texts
    assert found["rooms"]["desk"] == [{"kind": "note", "text": "quokkasandal"}]
    assert ("opened", "callback") in {(one["what"], one["purpose"]) for one in found["openings"]}


def test_after_an_erasure_no_file_has_a_word_of_theirs(journey: dict[str, Any]) -> None:
    if not os.environ.get("REJOINDER_DATABASE_URL"):
        assert journey["before"]
    assert journey["after"] == []
    assert journey["erased"]["erased"]["listening"] == 2
    assert journey["again"] == ""


def test_the_erasure_says_when_the_last_older_backup_is_deleted(journey: dict[str, Any]) -> None:
    until = datetime.fromisoformat(journey["erased"]["older_backups_until"])
    left = until - datetime.now(UTC)
    assert timedelta(days=34) < left < timedelta(days=35)


def test_the_ledger_still_holds_and_others_lose_nothing(journey: dict[str, Any]) -> None:
    assert journey["verified"]["ok"]
    assert journey["tom"].strip() == "no signal"


def test_a_backup_from_before_brings_nobody_back(journey: dict[str, Any]) -> None:
    back = journey["back"]
    assert "1 people who were erased since are erased again" in back.said[-1]
    assert back.found() == []
    back.run("person", "export", *NAMES, code=1)
