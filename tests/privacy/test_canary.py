"""The canary calls people when a gateway tells our own page who asked, and when it goes blind."""

import json
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from rejoinder.plumbing import clock
from rejoinder.plumbing import config as settings
from rejoinder.privacy import canary
from rejoinder.privacy.canary import BLIND, BlindError, Canary, look
from rejoinder.privacy.incidents.clock import Standing
from rejoinder.privacy.incidents.standing import picture
from rejoinder.privacy.models import Incident
from rejoinder.team.models import AuditLine, Call
from rejoinder.team.notify import said
from tests.ports import free_port

pytestmark = pytest.mark.django_db

URL = "http://desk.example/echo.json"
Point = Callable[..., None]


class Gateway(HTTPServer):
    """A carrier's gateway with our page behind it, as a proxy sees them."""

    adds: dict[str, str] = {}
    answer: bytes | None = None

    def handle_error(self, *_: object) -> None:
        pass


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        gateway = self.server
        assert isinstance(gateway, Gateway)
        headers = [*self.headers.items(), *gateway.adds.items()]
        body = gateway.answer or json.dumps({"target": self.path, "headers": headers}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with Gateway(("127.0.0.1", 0), _Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def point(monkeypatch: pytest.MonkeyPatch) -> Point:
    def to(port: int, **more: str) -> None:
        given = {"canary_url": URL, "canary_gateway": f"http://127.0.0.1:{port}", **more}
        changed = settings.config().model_copy(update=given)
        monkeypatch.setattr(canary, "config", lambda: changed)

    return to


def test_a_name_may_be_long(gateway: Gateway, point: Point) -> None:
    gateway.adds = {f"X-{'a' * 300}": "447700900123"}
    point(gateway.server_port)
    assert Canary().run() == 1
    (call,) = Call.objects.all()
    assert len(call.about) <= 100  # PostgreSQL refuses more


def test_a_gateway_that_adds_nothing_calls_nobody(gateway: Gateway, point: Point) -> None:
    point(gateway.server_port)
    assert Canary().run() == 0
    assert not Call.objects.exists()


def test_a_number_in_our_own_page_calls_people_once_a_day(gateway: Gateway, point: Point) -> None:
    gateway.adds = {"X-Up-Calling-Line-Id": "447700900123"}
    point(gateway.server_port)
    bird = Canary()
    assert bird.run() == 1
    assert bird.run() == 1
    (call,) = Call.objects.all()
    assert "X-Up-Calling-Line-Id" in said.of(call).text
    assert "447700900123" not in said.of(call).text + call.about
    assert (
        AuditLine.objects.filter(action="found a subscriber's identity in a request").count() == 1
    )


def test_the_number_of_its_own_sim_is_found_in_any_form(gateway: Gateway, point: Point) -> None:
    gateway.adds = {"X-Order-Id": "33612345678"}
    point(gateway.server_port)
    assert look() == ()
    point(gateway.server_port, canary_numbers="07700 900999, +33 6 12 34 56 78")
    assert [one.kind for one in look()] == ["msisdn"]


@pytest.mark.parametrize("answer", [b"<h1>Sign in</h1>", b"[]", b"{}"])
def test_another_page_is_no_all_clear(gateway: Gateway, point: Point, answer: bytes) -> None:
    gateway.answer = answer
    point(gateway.server_port)
    with pytest.raises(BlindError):
        look()


def test_a_canary_that_stays_blind_calls_people(
    point: Point, monkeypatch: pytest.MonkeyPatch
) -> None:
    point(free_port())
    bird = Canary()
    start = clock.now()
    for minutes in (0, 15, 45):
        monkeypatch.setattr(clock, "now", lambda m=minutes: start + timedelta(minutes=m))
        assert bird.run() == 0
    assert not Call.objects.exists()
    monkeypatch.setattr(clock, "now", lambda: start + BLIND)
    bird.run()
    assert [said.of(call).subject for call in Call.objects.all()] == [
        "The canary cannot look at the gateway"
    ]


def test_without_an_address_there_is_no_canary() -> None:
    assert Canary().run() == 0


def test_a_canary_needs_clear_text() -> None:
    with pytest.raises(settings.BadSettingError, match="http://"):
        settings.read({"REJOINDER_CANARY_URL": "https://desk.example/echo.json"})


def test_what_it_finds_opens_one_incident_with_its_clock(gateway: Gateway, point: Point) -> None:
    gateway.adds = {"X-Up-Calling-Line-Id": "447700900123"}
    point(gateway.server_port)
    bird = Canary()
    bird.run()
    bird.run()
    (incident,) = Incident.objects.all()
    assert incident.opened_by is None
    assert "447700900123" not in incident.facts
    (regulator,) = [each for each in picture(incident).clocks if each.duty.version.hours]
    assert regulator.duty.rule.name == "pecr-5a"
    assert regulator.standing is Standing.RUNS
