"""An account of Instagram on the desk: connected on Facebook's page, its deliveries heard once."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.channels import allowing
from rejoinder.channels.graph import webhook
from rejoinder.channels.models import Account
from rejoinder.channels.open import open_account
from rejoinder.listening.hear import hand_in
from rejoinder.listening.hear.frames import unpack
from rejoinder.plumbing import clock
from rejoinder.plumbing.http import Network
from rejoinder.plumbing.log import FileLog
from tests.simulators.client import Simulator, running
from tests.simulators.graph.world import APP, SECRET

pytestmark = pytest.mark.django_db

BACK = "https://desk.example.com/channels/connect/instagram/back"


@pytest.fixture
def there() -> Iterator[Simulator]:
    with running("instagram") as found:
        yield found


@pytest.fixture
def network() -> Iterator[Network]:
    found = Network({"127.0.0.1"})
    yield found
    found.close()


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FileLog]:
    kept = FileLog(tmp_path / "log.db")
    monkeypatch.setattr(hand_in, "log", lambda: kept)
    yield kept
    kept.close()


@pytest.fixture
def account(there: Simulator, network: Network) -> Account:
    there.control("account", name="harbour", of="olga")
    values = {"app_id": APP, "app_secret": SECRET, "service": f"{there.url}/v26.0"}
    pending = allowing.begin("instagram", values, back=BACK, http=network)
    assert pending is not None
    answer = httpx.get(f"{pending.url}&user=olga")
    query = dict(parse_qsl(urlsplit(answer.headers["location"]).query))
    return allowing.finish(
        "instagram", pending.sealed, query, witness=lambda account: None, http=network
    )


def _comment(account: Account, text: str) -> bytes:
    value = {"id": "179", "text": text, "from": {"id": "5", "username": "tom"}}
    entry: dict[str, Any] = {"id": account.external_id, "time": int(clock.now().timestamp())}
    entry["changes"] = [{"field": "comments", "value": value}]
    return json.dumps({"object": "instagram", "entry": [entry]}).encode()


def _deliver(account: Account, body: bytes, signature: str = "") -> int:
    signed = signature or f"sha256={webhook.signature(SECRET, body)}"
    return (
        Client(enforce_csrf_checks=True)
        .post(
            reverse("hook", args=[account.public_id]),
            body,
            content_type="application/json",
            headers={webhook.SIGNATURE: signed},
        )
        .status_code
    )


def test_it_is_connected_and_its_token_is_sealed(account: Account, network: Network) -> None:
    assert (account.handle, account.name) == ("harbour", "Harbour")
    token = account.unseal()["access"]
    row = Account.objects.values_list("settings", "sealed").get()
    assert token not in str(row[0])
    assert token.encode() not in bytes(row[1])
    opened = open_account(account, network)
    assert opened.credentials_end() is not None
    assert opened.listen({}).posts == []


def test_a_delivery_is_heard_once_and_another_s_never(account: Account, log: FileLog) -> None:
    assert _deliver(account, _comment(account, "send me your card"), "sha256=00") == 403
    body = _comment(account, "no signal")
    assert [_deliver(account, body) for _ in range(2)] == [200, 409]
    [post] = [post for _, frame in log.read(0, 100) for post in unpack(frame)[0].posts]
    assert (post.handle, post.text) == ("tom", "no signal")
