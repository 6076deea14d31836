"""People on duty are called by a real mail server and a real webhook, once, until somebody sees."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from django.utils.translation import gettext as _

from rejoinder.plumbing import clock
from rejoinder.plumbing.config import config
from rejoinder.plumbing.http import Network
from rejoinder.team.access import NotAllowedError
from rejoinder.team.models import Advisor, AuditLine, Call, Delivery, Hook
from rejoinder.team.notify import calls, hooks, mail
from rejoinder.team.notify.rules import AGAIN, ESCALATES
from rejoinder.team.notify.said import Said
from rejoinder.team.rota import actions
from tests import people
from tests.conftest import MONDAY
from tests.ports import free_port
from tests.team.notify.ear import Ear, listening

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


class Post(Message):
    """A mail server that keeps what it takes."""

    def __init__(self) -> None:
        super().__init__(EmailMessage)
        self.came: list[EmailMessage] = []
        self.port = free_port()

    def handle_message(self, message: Any) -> None:
        self.came.append(message)


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    handler = Post()
    server = Controller(handler, hostname="127.0.0.1", port=handler.port)
    server.start()
    uses(monkeypatch, f"smtp://desk%40example.com@127.0.0.1:{handler.port}")
    yield handler
    server.stop()


def uses(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    set_to = config().model_copy(update={"smtp_url": url})
    monkeypatch.setattr(mail, "config", lambda: set_to)


@pytest.fixture
def ear(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ear]:
    network = Network(["127.0.0.1"])
    monkeypatch.setattr(hooks, "network", lambda: network)
    with listening() as server:
        yield server
    network.close()


def hooked(ear: Ear) -> tuple[Hook, str]:
    """A webhook made by the owner, then moved to loopback, where tests may call."""
    hook, secret = hooks.make(people.olga(), "https://example.com/alarms")
    Hook.objects.filter(pk=hook.pk).update(url=ear.url)
    return hook, secret


def rings() -> bool:
    said = Said("78 in ten minutes", "78, usually 19")
    return calls.call("alarm:1", lambda: said, "https://d.example/crisis")


def test_leads_hear_at_once_and_everybody_when_nobody_sees_to_it(post: Post) -> None:
    people.dan(), people.alice(), people.ann()

    assert rings()
    assert not rings()
    assert calls.deliver() == 1
    (first,) = post.came
    assert first["To"] == people.dan().email
    assert first["From"] == "desk@example.com"
    assert first["Subject"] == "78 in ten minutes"
    assert "https://d.example/crisis" in first.get_payload()

    clock.turn(ESCALATES)
    assert calls.deliver() == 1
    assert post.came[1]["To"] == people.alice().email
    clock.turn(ESCALATES)
    assert calls.deliver() == 0
    assert AuditLine.objects.filter(action="called the people on duty").count() == 2


def test_who_is_on_duty_hears_before_leads(post: Post) -> None:
    dan, alice, bob = people.dan(), people.alice(), people.bob()
    actions.set_hours(dan, alice, typed="Mon-Fri 8-12 13-17")
    actions.set_hours(dan, bob, typed="Mon-Fri 13-21")
    rings()

    assert calls.deliver() == 1
    assert post.came[0]["To"] == alice.email
    assert "leads" not in post.came[0].get_payload()
    assert Call.objects.get().whom == "on duty"
    clock.turn(ESCALATES)
    assert calls.deliver() == 2


def test_leads_hear_when_nobody_is_on_duty_and_are_told_why(post: Post) -> None:
    dan = people.dan()
    actions.set_hours(dan, people.alice(), typed="Mon-Fri 13-17")
    rings()

    assert calls.deliver() == 1
    assert post.came[0]["To"] == dan.email
    assert "Nobody is on duty by the rota: leads and owners are called." in (
        post.came[0].get_payload()
    )


def test_who_is_away_is_not_called(post: Post) -> None:
    dan, olga = people.dan(), people.olga()
    actions.change_days(olga, dan, MONDAY.date(), MONDAY.date(), why="a wedding")
    rings()

    assert calls.deliver() == 1
    assert post.came[0]["To"] == olga.email
    assert "No rota is kept" in post.came[0].get_payload()
    assert "wedding" not in str(list(AuditLine.objects.values_list("detail", flat=True)))


def test_who_sees_to_it_ends_the_calling(post: Post) -> None:
    people.dan(), people.alice()
    rings()

    assert calls.seen("alarm:1", people.alice())
    assert not calls.seen("alarm:1", people.dan())
    clock.turn(ESCALATES)
    assert calls.deliver() == 0
    assert post.came == []
    assert Call.objects.get().seen_by == people.alice()


def test_without_a_mail_server_nobody_is_written_to() -> None:
    people.dan()
    rings()

    assert calls.deliver() == 0
    assert not Delivery.objects.exists()


def test_a_server_that_is_away_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    people.dan()
    uses(monkeypatch, f"smtp://127.0.0.1:{free_port()}")
    rings()

    for pause in AGAIN:
        assert calls.deliver() == 0
        assert "127.0.0.1 did not take it" in Delivery.objects.get().words
        clock.turn(pause)
    calls.deliver()
    assert Delivery.objects.get().due_at is None
    assert Delivery.objects.get().sent_at is None


def test_a_password_does_not_travel_in_the_clear(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = post.port
    uses(monkeypatch, f"smtp://desk:secret@127.0.0.1:{port}")

    with pytest.raises(mail.NotSentError, match="no encryption") as refused:
        mail.send("dan@example.com", "x", "y")
    assert "secret" not in str(refused.value)


def test_a_subject_with_lines_is_one_line(post: Post) -> None:
    mail.send("dan@example.com", "one\r\nBcc: all@example.com", "text")

    assert post.came[0]["Bcc"] is None


def test_a_webhook_is_signed_over_what_it_says(ear: Ear) -> None:
    hook, secret = hooked(ear)
    rings()

    assert calls.deliver() == 1
    ((header, body),) = ear.came
    at, given = (part.partition("=")[2] for part in header[hooks.HEADER].split(","))
    wanted = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    assert hmac.compare_digest(wanted, given)
    assert int(at) == int(clock.now().timestamp())
    assert json.loads(body)["text"] == "78, usually 19"
    hooks.end(hook, people.olga())
    assert bytes(Hook.objects.get().sealed) == b""
    assert hooks.current() == []


def test_a_webhook_that_fails_is_tried_again_once_it_answers(ear: Ear) -> None:
    hooked(ear)
    ear.answers = 500
    rings()
    assert calls.deliver() == 0
    assert Delivery.objects.get().words == "It answered 500."

    ear.answers = 200
    clock.turn(AGAIN[0])
    assert calls.deliver() == 1
    clock.turn(timedelta(hours=1))
    assert calls.deliver() == 0


def test_only_https_and_only_who_connects() -> None:
    for wrong in ("http://example.com/x", "example.com", "", "https://"):
        with pytest.raises(hooks.CannotCallError):
            hooks.make(people.olga(), wrong)
    with pytest.raises(NotAllowedError):
        hooks.make(people.dan(), "https://example.com/x")


def test_a_private_address_is_not_called(ear: Ear, monkeypatch: pytest.MonkeyPatch) -> None:
    hooked(ear)
    guarded = Network()
    monkeypatch.setattr(hooks, "network", lambda: guarded)
    rings()

    assert calls.deliver() == 0
    assert ear.came == []
    assert Delivery.objects.get().words
    guarded.close()


def test_each_is_called_in_their_own_language(post: Post) -> None:
    dan, olga = people.dan(), people.olga()
    Advisor.objects.filter(pk=olga.pk).update(language="de")

    calls.call("alarm:2", lambda: Said(_("Crisis"), _("Nobody is waiting.")), "https://d.example/")
    assert calls.deliver() == 2

    came = {message["To"]: message for message in post.came}
    assert came[dan.email]["Subject"] == "Crisis"
    assert came[olga.email]["Subject"] == "Krise"
    words = came[olga.email].get_payload(decode=True)
    assert isinstance(words, bytes)
    assert "Niemand wartet." in words.decode()
    assert "kein Dienstplan" in words.decode()
