"""Tom asks on his own server; the desk hears him on ours, Alice answers once, in his thread."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from rejoinder.channels import actions as channels
from rejoinder.channels import allowing
from rejoinder.channels.contract import Channel
from rejoinder.channels.models import Account
from rejoinder.channels.open import open_account
from rejoinder.desk import actions as desk
from rejoinder.listening.hear.listen import run_once
from rejoinder.listening.intake import triage
from rejoinder.listening.models import Mention
from rejoinder.outbox import publish
from rejoinder.outbox.actions import undo_hold
from rejoinder.outbox.models import State
from rejoinder.outbox.send import Sender
from rejoinder.plumbing import clock, ids
from rejoinder.plumbing.http import Network
from rejoinder.plumbing.log import FileLog
from tests import people
from tests.real.mastodon.servers import Fediverse, Person, signs_in

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
    found = Mention.objects.filter(text__contains=words)
    until(lambda: listened(log, opened) and found.exists())
    return found.get()


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
    until(lambda: bool(notified(tom)))
    [told] = notified(tom)
    assert "It is back at noon" in told["content"]
    assert told["uri"] == reply.external_id
    above = tom.call("GET", f"/api/v1/statuses/{told['id']}/context")["ancestors"]
    assert [status["uri"] for status in above] == [asked["uri"]]


def test_an_edit_follows_between_servers_and_a_deletion_on_ours(
    *,
    servers: Fediverse,
    brand: Person,
    tom: Person,
    account: Account,
    log: FileLog,
    opened: Opened,
) -> None:
    """A server that is taken back a post tells only those who follow its author (snac2 2.75)."""
    said = tom.says(f"@{brand.handle} roaming is down in Spian")
    heard(log, opened, "in Spian")
    words = {"status": f"@{brand.handle} roaming is down in Spain"}
    tom.call("PUT", f"/api/v1/statuses/{said['id']}", json=words)
    assert heard(log, opened, "in Spain").external_id == said["uri"]
    tina = servers.brand.sign_up("tina")
    gone = tina.says(f"@{brand.handle} never mind, my fault")
    heard(log, opened, "never mind")
    tina.deletes(gone)
    until(lambda: listened(log, opened) and deleted(str(gone["uri"])))


def test_a_private_question_is_answered_for_one_pair_of_eyes(
    brand: Person, tom: Person, account: Account, log: FileLog, opened: Opened
) -> None:
    tom.says(f"@{brand.handle} my number stopped working", visibility="direct")
    mention = heard(log, opened, "my number stopped")
    assert not mention.public
    assert mention.conversation is not None
    conversation = desk.take(mention.conversation, people.alice())
    reply = desk.answer(conversation, people.alice(), "We are looking into it. ^AK")
    assert reply.private
    with clock.standing(clock.now() + undo_hold()):
        assert Sender(opened).run_once() == 1
    until(lambda: any("looking into it" in str(told["content"]) for told in notified(tom)))
    shown = httpx.get(f"http://{brand.server}/{brand.name}", timeout=30).text
    assert "looking into it" not in shown


def test_an_account_is_connected_on_its_server_s_own_page(
    brand: Person, http: Network, servers: Fediverse
) -> None:
    back = "http://localhost:8000/channels/connect/mastodon/back"
    values = {"server": servers.brand.url}
    pending = allowing.begin("mastodon", values, back=back, http=http)
    assert pending is not None
    came = signs_in(pending.url, brand.name, brand.password)
    assert came["state"] == pending.state
    account = allowing.finish("mastodon", pending.sealed, came, witness=lambda _: None, http=http)
    assert account.handle == brand.handle
    assert account.settings["most"] == "100000"
    assert open_account(account, http).identify().handle == brand.handle


def test_a_public_answer_is_pinned_and_changed_in_its_place(
    brand: Person, account: Account, opened: Opened
) -> None:
    subject, author = ids.new(), people.alice()

    def queue(number: int, text: str) -> None:
        publish.queue(
            account,
            subject=subject,
            number=number,
            title="Is there an outage?",
            text=text,
            url="https://desk.example.com/answers/7",
            language="en",
            pin=True,
            actor=author,
        )

    queue(1, "We are looking into it.")
    assert Sender(opened).run_once() == 1
    queue(2, "It is back.")
    assert Sender(opened).run_once() == 1
    me = brand.call("GET", "/api/v1/accounts/verify_credentials")["id"]
    pinned = brand.call("GET", f"/api/v1/accounts/{me}/statuses", params={"pinned": "true"})
    [stands] = [each for each in pinned if "desk.example.com/answers/7" in each["content"]]
    assert "It is back." in stands["content"]
    assert "looking into it" not in stands["content"]


def listened(log: FileLog, opened: Opened) -> bool:
    run_once(log, opened)
    while triage.run_once(log):
        pass
    return True


def deleted(external_id: str) -> bool:
    return Mention.objects.filter(external_id=external_id, deleted_at__isnull=False).exists()


def until(holds: Callable[[], bool]) -> None:
    """Wait for what one server has to tell the other."""
    deadline = time.monotonic() + FEDERATED
    while not holds():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.1)


def notified(who: Person) -> list[dict[str, Any]]:
    """What somebody was told that names them."""
    found = who.call("GET", "/api/v1/notifications", params={"types[]": "mention"})
    return [each["status"] for each in found]
