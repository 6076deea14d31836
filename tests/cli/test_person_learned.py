"""After an erasure nothing that was made of a person's words has them: labels, a learned reading,
closed days, the board's page. The journey of what was said itself is in `test_person`.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.cli.test_person import CANARY, NAMES, Desk

pytestmark = pytest.mark.tables

FILL = """
import sys, django
django.setup()
from datetime import timedelta
from rejoinder.channels.contract import Post
from rejoinder.desk.experts import areas
from rejoinder.listening import correct
from rejoinder.listening.hear.frames import pack
from rejoinder.listening.intake import triage
from rejoinder.listening.models import Mention
from rejoinder.plumbing import clock
from rejoinder.plumbing.log import open_log
from rejoinder.reporting.explore import history
from tests import people
author = dict(author_id="did:plc:zyzzyva", handle="zyzzyva.example", name="Zyzzyva Quill")
areas.keep(people.dan(), "Network", ["outage"])
said = {"outage": "no signal in {}", "billing": "the bill of {} is wrong"}
posts = []
for days in (5, 120):
    at = clock.now() - timedelta(days=days)
    posts.append(Post(external_id=f"z{days}", created_at=at,
                      text="no signal for my quokkasandal in Leeds", **author))
    for number in range(30):
        label = "outage" if number % 2 else "billing"
        posts.append(Post(external_id=f"{days}-{number}", created_at=at, author_id=f"p{number}",
                          handle=f"p{number}", name=f"Person {number}",
                          text=said[label].format(f"street {number} on day {days}")))
log = open_log()
log.append(pack("pretend", None, clock.now(), posts))
while triage.run_once(log):
    pass
for mention in Mention.objects.order_by("pk"):
    now = "billing" if "bill" in mention.text else "outage"
    Mention.objects.filter(pk=mention.pk).update(intent="praise")
    mention.refresh_from_db()
    correct.correct(mention, people.alice(), "intent", now)
while history.run():
    pass
"""
BOARD = """
import django
django.setup()
from datetime import timedelta
from django.test import Client
from django.conf import settings
from rejoinder.plumbing import clock
from tests import people
settings.ALLOWED_HOSTS = ["testserver"]
client = Client()
client.force_login(people.dan(), backend="allauth.account.auth_backends.AuthenticationBackend")
for days in (7, 14):
    week = (clock.now() - timedelta(days=days - 2)).date()
    for page in ("/reports/board", "/reports/themes"):
        print(client.get(f"{page}?week={week}").content.decode())
    assert client.get(f"/reports/board.pdf?week={week}").content.startswith(b"%PDF")
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk that learned from somebody, before they ask to be forgotten."""
    desk = Desk(tmp_path_factory.mktemp("learned"))
    desk.run("migrate")
    desk.python(FILL)
    return desk


def words_in(text: str) -> list[str]:
    return [word for word in CANARY if word in text]


def kept(folder: Path) -> Iterator[bytes]:
    """What the learned readings hold, unpacked."""
    for file in folder.glob("*.npz"):
        with ZipFile(file) as packed:
            yield from (packed.read(name) for name in packed.namelist())


def test_what_was_made_of_their_words_goes_with_them(desk: Desk) -> None:
    labels, model = desk.folder / "labels.jsonl", desk.data / "model"
    labels.write_text(desk.run("labels", "--field", "intent"), encoding="utf-8")
    assert words_in(labels.read_text(encoding="utf-8")) == ["quokkasandal"]
    desk.run("train", "--field", "topic", "--labels", str(labels), "--model", str(model))
    days = sorted(path.name for path in (desk.data / "history").glob("*.parquet"))
    assert days
    assert "quokkasandal" in desk.python(BOARD)

    erased = json.loads(desk.run("person", "erase", *NAMES))["erased"]
    assert erased["listening"] == 2

    now = desk.run("labels", "--field", "intent")
    assert len(now.splitlines()) == 60
    assert words_in(now) == []
    # What was learned has weights of hashed pieces of words, of all texts together: no word.
    held = list(kept(model))
    assert held
    assert not any(word.encode() in part for part in held for word in CANARY)
    assert words_in(desk.python(BOARD)) == []
    # A closed day has figures and nobody, so it stands.
    assert days == sorted(path.name for path in (desk.data / "history").glob("*.parquet"))
    assert desk.found() == []
