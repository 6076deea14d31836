"""Tom is asked in private whether the account is his; the house's own system says so, once."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import msgspec
import pytest
from django.test import Client
from django.urls import reverse

from docs.extend import identity_server
from rejoinder.desk import actions as desk
from rejoinder.desk import ours
from rejoinder.desk.identity import checking, only_private, rules, signed, system
from rejoinder.desk.models import IdentityCheck, IdentitySystem, OwnContact
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Conversation, Mention
from rejoinder.plumbing import clock
from rejoinder.team.models import AuditLine
from tests import people
from tests.conftest import MONDAY
from tests.web import stage
from tests.web.identity import open_gate
from tests.web.pages import notices, source, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday", "gate")]

URL = "https://id.northwind.example/check"


@pytest.fixture
def gate() -> None:
    open_gate()


@pytest.fixture
def secret() -> str:
    """The house's system is connected; localhost is a domain of ours here."""
    ours.add(people.dan(), "domain", "northwind.example")
    OwnContact.objects.create(
        kind="domain", text="localhost", added_by=people.dan(), added_at=clock.now()
    )
    return system.connect(people.olga(), URL)


@pytest.fixture
def talk() -> Conversation:
    """Tom wrote privately, and Alice has him."""
    found = stage.says("Tom Sample", "why is my bill so high?", public=False, channel="mastodon")
    return desk.take(found, people.alice())


def offered(alice: Client, talk: Conversation) -> str:
    """The path of the link that stands in the draft."""
    page = alice.post(reverse("offer-check", args=[talk.public_id]), follow=True)
    found = re.search(r"https?://[^/\s<]+(/identity/[0-9a-f]+\.[\w-]+)", source(page))
    assert found, notices(page)
    return found[1]


def sent_on(at: str) -> dict[str, str]:
    """What the person's browser takes along."""
    there = Client().post(at).headers["Location"]
    assert there.startswith(f"{URL}?")
    return {name: values[0] for name, values in parse_qs(urlsplit(there).query).items()}


def said(asked: dict[str, str], **values: str) -> bytes:
    told = {"ref": asked["ref"], "nonce": asked["nonce"], "result": "passed", "method": "app"}
    return msgspec.json.encode(told | values)


def tell(secret: str, body: bytes, at: int | None = None) -> Any:
    header = signed.answer_signature(secret, at or int(clock.now().timestamp()), body)
    headers = {"Rejoinder-Identity": header}
    return Client().post("/identity/answer", body, content_type="application/json", headers=headers)


def test_passed_is_kept_with_when_and_how_and_nothing_else(
    alice: Client, secret: str, talk: Conversation
) -> None:
    at = offered(alice, talk)
    opened = Client().get(at)
    asked = sent_on(at)

    kept = tell(secret, said(asked))

    assert "Go on to id.northwind.example" in text(opened)
    assert "never ask for a PIN" in text(opened)
    assert not opened.cookies
    assert "<script" not in source(opened)
    assert "form-action 'self' https://id.northwind.example" in str(
        opened.headers["Content-Security-Policy"]
    )
    assert asked["sig"] == signed.request_signature(secret, asked)
    assert kept.status_code == 200
    assert "Passed, 09:00, by app" in text(alice.get(f"/c/{talk.public_id}"))
    assert "It is. The colleague" in text(Client().get(at))
    row = IdentityCheck.objects.get()
    assert (row.passed, row.method, row.nonce) == (True, "app", "")
    assert AuditLine.objects.filter(action="an identity check was answered in").exists()


def test_an_answer_that_is_played_again_is_refused(
    alice: Client, secret: str, talk: Conversation
) -> None:
    asked = sent_on(offered(alice, talk))

    first = tell(secret, said(asked, result="failed"))
    again = tell(secret, said(asked, result="passed"))

    assert (first.status_code, again.status_code) == (200, 409)
    assert IdentityCheck.objects.get().passed is False


def test_only_the_newest_start_is_answered_in_time_and_three_are_the_most(
    alice: Client, secret: str, talk: Conversation
) -> None:
    at = offered(alice, talk)
    first, second = sent_on(at), sent_on(at)

    assert tell(secret, said(first)).status_code == 409
    with clock.standing(MONDAY + rules.ANSWERED_WITHIN):
        assert tell(secret, said(second)).status_code == 409
        third = sent_on(at)
        assert Client().post(at).status_code == 409
        assert tell(secret, said(third)).status_code == 200


def test_who_does_not_share_the_secret_or_is_late_says_nothing(
    alice: Client, secret: str, talk: Conversation
) -> None:
    asked = sent_on(offered(alice, talk))
    now = int(clock.now().timestamp())

    codes = [
        tell("another", said(asked)).status_code,
        tell(secret, said(asked), at=now - signed.SKEW - 1).status_code,
        tell(secret, said(asked, method="<b>")).status_code,
        tell(secret, b"\xff" * 5000).status_code,
        Client().post("/identity/answer", b"{}", content_type="application/json").status_code,
        Client().get("/identity/answer").status_code,
    ]

    assert codes == [401, 401, 401, 401, 401, 405]
    assert IdentityCheck.objects.get().passed is None


def test_a_link_ends_and_a_forged_one_is_nobodys(
    alice: Client, secret: str, talk: Conversation
) -> None:
    at = offered(alice, talk)
    forged = at[:-1] + ("A" if at[-1] != "A" else "B")

    assert Client().get(forged).status_code == 404
    with clock.standing(MONDAY + rules.LASTS):
        assert "This check has ended" in text(Client().get(at))
        assert Client().post(at).status_code == 409


def test_it_is_offered_and_sent_in_private_alone(alice: Client, secret: str) -> None:
    public = desk.take(stage.says("Tina", "is my bill right?"), people.alice())

    page = alice.post(reverse("offer-check", args=[public.public_id]), follow=True)

    assert "private reply only" in notices(page)
    assert "Offer an identity check" not in text(page)
    assert not IdentityCheck.objects.exists()


def test_no_reason_sends_the_link_in_public(alice: Client, secret: str, talk: Conversation) -> None:
    at = offered(alice, talk)
    link = checking.address(IdentityCheck.objects.get())
    Mention.objects.filter(conversation=talk).update(public=True)

    values = {"text": f"Look here: {link}", "past": "they asked for it"}
    page = alice.post(reverse("send", args=[talk.public_id]), values, follow=True)

    assert at in link
    assert "private reply only" in notices(page)
    only_private.require(link, public=False)


def test_three_in_a_day_are_the_most_and_an_earlier_one_ends(
    alice: Client, secret: str, talk: Conversation
) -> None:
    for _ in range(2):
        offered(alice, talk)
        desk.save_draft(talk, people.alice(), "")
    at = offered(alice, talk)

    page = alice.post(reverse("offer-check", args=[talk.public_id]), follow=True)

    assert "Three checks within a day are the most." in notices(page)
    assert IdentityCheck.objects.filter(ended_at=None).count() == 1
    with clock.standing(MONDAY + timedelta(minutes=1)):
        assert Client().get(at).status_code == 200


def test_systems_and_doors_are_on_our_own_domains(olga: Client, alice: Client) -> None:
    ours.add(people.dan(), "domain", "northwind.example")
    for url in ("http://id.northwind.example", "https://evil.example", "https://", "x" * 600):
        with pytest.raises(CannotError):
            system.connect(people.olga(), url)
    page = olga.post(reverse("connect-identity"), {"url": URL})
    found = stage.says("Tom", "my bill", public=False, channel="mastodon")
    talk = desk.take(found, people.alice())

    answer = alice.post(reverse("offer-check", args=[talk.public_id]), follow=True)

    row = IdentitySystem.objects.get()
    assert system.secret(row) in source(page)
    assert system.secret(row) not in source(olga.get(reverse("identity-system")))
    assert "localhost is no domain of ours" in notices(answer)
    olga.post(reverse("disconnect-identity"))
    assert system.current() is None


def test_whoever_is_called_can_make_sure_of_us(
    alice: Client, secret: str, talk: Conversation
) -> None:
    offered(alice, talk)
    spelt = IdentityCheck.objects.get().reference

    yes = Client().post("/identity", {"reference": spelt.lower().replace("-", " ")})
    no = Client().post("/identity", {"reference": "<b>K7TM"})
    codes = [Client().post("/identity", {"reference": str(n)}).status_code for n in range(60)]

    assert "Yes, this is ours" in text(yes)
    assert "is no reference of today" in text(no)
    assert "<b>K7TM" not in source(no)
    assert not yes.cookies
    assert codes[-1] == 429


def test_the_reference_server_and_the_desk_understand_each_other(
    alice: Client, secret: str, talk: Conversation
) -> None:
    at = offered(alice, talk)
    asked = sent_on(at) | {"at": str(int(time.time()))}
    asked["sig"] = signed.request_signature(secret, asked)
    with ear() as desk_port, house(secret, desk_port) as port:
        address = f"http://127.0.0.1:{port}/?{urlencode(asked)}"
        forged = address.replace("ref=", "ref=0")

        page = _open(Request(address))  # loopback
        form = urlencode(asked | {"result": "passed"}).encode()
        back = _open(Request(address, form))  # loopback
        again = _open(Request(address, form))  # loopback

        assert asked["ref"] in page[1]
        assert (back[0], back[2]) == (303, asked["back"])
        assert (again[0], _open(Request(forged))[0]) == (403, 403)  # noqa: S310  # loopback
    header, body = Ear.came.pop()
    second = int(header.partition(",")[0].removeprefix("t="))
    assert signed.answer(secret, header, body, second).method == "password"
    assert tell(secret, body).status_code == 200
    assert IdentityCheck.objects.get().passed is True


class Ear(BaseHTTPRequestHandler):
    """Hears what the house's system tells the desk, byte for byte."""

    came: ClassVar[list[tuple[str, bytes]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.came.append((self.headers["Rejoinder-Identity"], body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(server: HTTPServer) -> Iterator[int]:
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def ear() -> Any:
    return serving(HTTPServer(("127.0.0.1", 0), Ear))


def house(secret: str, desk_port: int) -> Any:
    where = f"http://127.0.0.1:{desk_port}"
    return serving(identity_server.Server(("127.0.0.1", 0), secret, where))


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def _open(request: Request) -> tuple[int, str, str]:
    opener = build_opener(_Stay)
    opener.addheaders = []
    try:
        with opener.open(request, timeout=10) as answer:
            return answer.status, answer.read().decode(), ""
    except OSError as error:
        status, headers = getattr(error, "code", 0), getattr(error, "headers", {})
        return status, "", headers.get("Location", "")
