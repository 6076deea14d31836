"""Tom asks on his own server; the desk hears him on ours, Alice answers once, in his thread."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rejoinder.channels import actions as channels
from rejoinder.channels.contract import Channel
from rejoinder.channels.models import Account
from rejoinder.channels.open import open_account
from rejoinder.desk import actions as desk
from rejoinder.listening import intake
from rejoinder.listening.listen import run_once
from rejoinder.listening.models import Mention
from rejoinder.outbox.actions import undo_hold
from rejoinder.outbox.models import State
from rejoinder.outbox.send import Sender
from rejoinder.plumbing import clock
from rejoinder.plumbing.http import Network
from rejoinder.plumbing.log import FileLog
from tests import people
from tests.real.mastodon.servers import Fediverse, Person

pytestmark = [pytest.mark.real, pytest.mark.django_db(transaction=True)]

Opened = Callable[[Account], Channel]
FEDERATED = 20.0  # seconds until one server has told the other


@pytest.fixture
def log(tmp_path: Path) -> Iterator[FileLog]:
    kept = FileLog(tmp_path / "intake.sqlite3")
    yield kept
    kept.close()


@pytest.fixture(scope="session")
def brand(servers: Fediverse) -> Person:
    return servers.brand.sign_up("brand")


@pytest.fixture(scope="session")
def tom(servers: Fediverse) -> Person:
    return servers.customer.sign_up("tom")


@pytest.fixture
def opened(http: Network) -> Opened:
    return lambda account: open_account(account, http)


@pytest.fixture
def account(brand: Person, http: Network, log: FileLog, opened: Opened) -> Account:
    """Our account, connected, and heard up to now."""
    values = {"server": f"http://{brand.server}", "token": brand.token, "watch": "#telcodown"}
    found = channels.connect("mastodon", values, witness=lambda _: None, http=http)
    run_once(log, opened)
    return found


def heard(log: FileLog, opened: Opened, words: str) -> Mention:
    deadline = time.monotonic() + FEDERATED
    while time.monotonic() < deadline:
        run_once(log, opened)
        while intake.run_once(log):
            pass
        if found := Mention.objects.filter(text__contains=words).first():
            return found
        time.sleep(0.1)
    raise AssertionError(f"{words!r} was not heard in {FEDERATED} s")


def test_a_mention_arrives_and_the_answer_stands_in_its_thread(
    brand: Person, tom: Person, account: Account, log: FileLog, opened: Opened
) -> None:
    asked = tom.says(f"@{brand.handle} my phone has no signal since nine")
    mention = heard(log, opened, "no signal since nine")
    assert (mention.person.handle, mention.account) == (tom.handle, account)
    assert mention.external_id == asked["uri"]
    assert (mention.tagged, mention.public) == (True, True)
    assert mention.conversation is not None
    conversation = desk.take(mention.conversation, people.alice())
    desk.start_reply(conversation, people.alice())
    reply = desk.answer(conversation, people.alice(), "Sorry, Tom. It is back at noon. ^AK")
    with clock.standing(clock.now() + undo_hold()):
        assert Sender(opened).run_once() == 1
        assert Sender(opened).run_once() == 0
    reply.refresh_from_db()
    assert (reply.state, reply.words) == (State.SENT, "")
    [told] = notified(tom)
    assert "It is back at noon" in told["content"]
    assert told["uri"] == reply.external_id
    above = tom.call("GET", f"/api/v1/statuses/{told['id']}/context")["ancestors"]
    assert [status["uri"] for status in above] == [asked["uri"]]


def notified(who: Person) -> list[dict[str, Any]]:
    """What somebody was told that names them, once it is there."""
    deadline = time.monotonic() + FEDERATED
    while time.monotonic() < deadline:
        if found := who.call("GET", "/api/v1/notifications", params={"types[]": "mention"}):
            return [each["status"] for each in found]
        time.sleep(0.1)
    raise AssertionError("nothing arrived")
