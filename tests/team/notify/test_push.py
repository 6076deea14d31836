"""People are called on their own devices; each is theirs to join and to leave."""

import json
from collections.abc import Iterator

import pytest

from rejoinder.plumbing import clock
from rejoinder.plumbing import push as messages
from rejoinder.plumbing.http import Network
from rejoinder.team.access import NotAllowedError
from rejoinder.team.models import Call, Delivery, Device
from rejoinder.team.notify import calls, push
from rejoinder.team.notify.rules import ESCALATES
from rejoinder.team.notify.said import Said
from tests import people
from tests.plumbing.browser import Receiver
from tests.team.notify.ear import Ear, listening

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def ear(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ear]:
    network = Network(["127.0.0.1"])
    monkeypatch.setattr(push, "network", lambda: network)
    # The service of the tests stands on loopback, in the clear.
    monkeypatch.setattr(messages, "check", lambda browser: None)
    with listening() as server:
        yield server
    network.close()


def rings() -> bool:
    said = Said("78 in ten minutes", "78, usually 19")
    return calls.call("alarm:1", lambda: said, "https://d.example/crisis")


def test_a_call_reaches_the_device_sealed_and_signed(ear: Ear) -> None:
    browser = Receiver()
    device = push.join(people.dan(), browser.browser(ear.url), "Dan's telephone")
    rings()

    assert calls.deliver() == 1
    ((header, body),) = ear.came
    assert json.loads(browser.opened(body)) == {
        "subject": "78 in ten minutes",
        "text": "78, usually 19",
        "url": "https://d.example/crisis",
    }
    assert header["Content-Encoding"] == "aes128gcm"
    assert header["Authorization"].endswith(f"k={push.public_key()}")
    assert int(header["TTL"]) > 0
    assert b"78" not in body
    assert ear.url.encode() not in bytes(device.sealed)


def test_it_is_left_at_once_and_what_it_was_called_by_is_destroyed(ear: Ear) -> None:
    dan = people.dan()
    device = push.join(dan, Receiver().browser(ear.url), "telephone")
    rings()

    push.leave(dan, device)
    calls.deliver()

    assert ear.came == []
    device = Device.objects.get()
    assert (bytes(device.sealed), device.hashed) == (b"", None)
    assert push.devices([dan.pk]) == []


def test_nobody_leaves_somebody_else_s_device(ear: Ear) -> None:
    device = push.join(people.dan(), Receiver().browser(ear.url), "telephone")

    with pytest.raises(NotAllowedError):
        push.leave(people.olga(), device)
    with pytest.raises(NotAllowedError):
        push.join(people.ann(), Receiver().browser(ear.url), "telephone")


def test_a_browser_that_is_gone_is_called_no_more(ear: Ear) -> None:
    push.join(people.dan(), Receiver().browser(ear.url), "telephone")
    ear.answers = 410
    rings()

    assert calls.deliver() == 0
    assert Device.objects.get().ended_at is not None
    assert Delivery.objects.get().due_at is None


def test_a_browser_belongs_to_who_joined_it_last(ear: Ear) -> None:
    shared = Receiver().browser(ear.url)
    push.join(people.dan(), shared, "desk")
    push.join(people.olga(), shared, "desk")

    assert push.devices([people.dan().pk]) == []
    assert len(push.devices([people.olga().pk])) == 1


def test_who_was_told_on_a_device_is_not_told_again_with_everybody(ear: Ear) -> None:
    push.join(people.dan(), Receiver().browser(ear.url), "telephone")
    push.join(people.alice(), Receiver().browser(f"{ear.url}/2"), "telephone")
    rings()
    assert calls.deliver() == 1

    clock.turn(ESCALATES)
    assert calls.deliver() == 1
    assert Call.objects.get().deliveries.count() == 2


def test_a_subscription_that_is_none_is_refused() -> None:
    with pytest.raises(push.CannotPushError):
        push.join(people.dan(), messages.Browser("http://example.com", "", ""), "")
