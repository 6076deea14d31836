"""Alice calls Granny Smith through a real exchange: both telephones, and the two together."""

import time
from collections.abc import Iterator
from datetime import time as time_of_day

import httpx
import pytest

from rejoinder.channels.contract import Connection
from rejoinder.channels.phone import hours
from rejoinder.channels.phone.dialling import Dialling
from rejoinder.desk import actions as desk
from rejoinder.desk.calling import actions
from rejoinder.desk.calling.dialer import EVERY, Dialer
from rejoinder.desk.models import Dialled
from rejoinder.plumbing.http import Network
from rejoinder.privacy import contacts
from rejoinder.team.models import Organisation
from tests import people, scene
from tests.phone.conftest import BASE, PASSWORD, USER, telephone

pytestmark = [pytest.mark.phone, pytest.mark.django_db(transaction=True)]
DESK, TRUNK = 5091, 5092


@pytest.fixture
def dialer(exchange: httpx.Client) -> Iterator[Dialer]:
    network = Network({"127.0.0.1"})
    found = Dialer(
        lambda row: Dialling(
            Connection(settings=row.settings, secrets={"password": PASSWORD}), network
        )
    )
    yield found
    found.close()
    network.close()


@pytest.fixture
def call(exchange: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> Dialled:
    """Asked for at whatever hour this runs."""
    monkeypatch.setattr("rejoinder.desk.calling.rules.FROM", time_of_day(0))
    monkeypatch.setattr("rejoinder.desk.calling.rules.UNTIL", time_of_day(23, 59, 59))
    Organisation.objects.create(name="Northwind Mobile")
    account = scene.account("phone")
    account.settings = {
        "number": "01632 960000",
        "hours": hours.USUAL,
        "calls": "6",
        "exchange": BASE,
        "user": USER,
        "sound": "sound:beep",
        "outside": "PJSIP/{number}@trunk",
        "country": "GB",
    }
    account.save()
    alice = people.alice()
    alice.extension = "PJSIP/101"
    alice.save()
    talk = desk.take(scene.wrote("Granny", "Please call me.", channel="phone"), alice)
    contacts.seal([contacts.Reach("phone", "granny", "phone", "020 7946 0123")])
    return actions.call(talk, alice, "promised her")


def comes_to(call: Dialled, dialer: Dialer, stage: str, within: float = 30) -> Dialled:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        dialer.run()
        call.refresh_from_db()
        if call.stage == stage:
            return call
        assert call.stage != "ended", call.outcome
        time.sleep(EVERY)
    raise AssertionError(f"{call.stage} after {within} s")


def test_they_talk(call: Dialled, dialer: Dialer, exchange: httpx.Client) -> None:
    began = time.monotonic()
    with telephone("lifts", DESK), telephone("lifts", TRUNK):
        comes_to(call, dialer, "talking")
        print(f"together {time.monotonic() - began:.1f} s after the button was pressed")
        dialer.run()
        [bridge] = exchange.get("/bridges").json()
        assert len(bridge["channels"]) == 2
        actions.give_up(call.conversation, call.advisor)
        ended = comes_to(call, dialer, "ended")
    assert ended.outcome == "talked"
    assert exchange.get("/channels").json() == []
    assert exchange.get("/bridges").json() == []


def test_theirs_is_engaged(call: Dialled, dialer: Dialer, exchange: httpx.Client) -> None:
    with telephone("lifts", DESK), telephone("engaged", TRUNK):
        assert comes_to(call, dialer, "ended").outcome == "busy"
    assert exchange.get("/channels").json() == []


def test_another_process_goes_on(call: Dialled, dialer: Dialer, exchange: httpx.Client) -> None:
    with telephone("lifts", DESK), telephone("lifts", TRUNK):
        comes_to(call, dialer, "them")
        dialer.close()
        comes_to(call, dialer, "talking")
        dialer.run()
        assert len(exchange.get("/channels").json()) == 2
        actions.give_up(call.conversation, call.advisor)
        comes_to(call, dialer, "ended")
    assert exchange.get("/channels").json() == []


def test_nobody_lifts_at_the_desk(call: Dialled, dialer: Dialer) -> None:
    ended = comes_to(call, dialer, "ended", within=60)
    assert (ended.outcome, ended.rung_at) == ("nobody-here", None)
