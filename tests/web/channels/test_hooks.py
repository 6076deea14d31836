"""Deliveries of platforms: signed ones are heard once, everything else is refused."""

import base64
import hmac
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.channels import deliveries
from rejoinder.channels.models import Account, Delivery
from rejoinder.channels.x.reading import number_at
from rejoinder.listening.hear import hand_in
from rejoinder.listening.hear.frames import unpack
from rejoinder.plumbing import clock
from rejoinder.plumbing.log import FileLog, LogError

pytestmark = pytest.mark.django_db

SECRET = "made-up-consumer-secret"


@pytest.fixture
def account() -> Account:
    found = Account(channel="x", external_id="77", handle="brand", connected_at=clock.now())
    found.seal({"access": "made-up", "consumer_secret": SECRET})
    found.save()
    return found


@pytest.fixture
def log(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[FileLog]:
    kept = FileLog(tmp_path / "log.db")
    monkeypatch.setattr(hand_in, "log", lambda: kept)
    yield kept
    kept.close()


def signed(body: bytes, secret: str = SECRET) -> str:
    digest = hmac.digest(secret.encode(), body, "sha256")
    return "sha256=" + base64.b64encode(digest).decode()


def activity(number: str = "", us: str = "77") -> bytes:
    post = {
        "id_str": number or number_at(clock.now()),
        "text": "@brand is it down &amp; out?",
        "user": {"id_str": "5", "screen_name": "tom", "name": "Tom"},
        "entities": {"user_mentions": [{"id_str": "77", "screen_name": "brand"}]},
    }
    return json.dumps({"for_user_id": us, "tweet_create_events": [post]}).encode()


def deliver(account: Account, body: bytes, signature: str | None = None) -> int:
    given = signed(body) if signature is None else signature
    answer = Client(enforce_csrf_checks=True).post(
        reverse("hook", args=[account.public_id]),
        body,
        content_type="application/json",
        headers={"x-twitter-webhooks-signature": given},
    )
    assert not answer.cookies
    return answer.status_code


def heard(log: FileLog) -> list[str]:
    return [post.text for _, frame in log.read(0, 100) for post in unpack(frame)[0].posts]


def test_a_challenge_is_answered(account: Account) -> None:
    address = reverse("hook", args=[account.public_id])
    answer = Client().get(address, {"crc_token": "once"})
    assert answer.json() == {"response_token": signed(b"once")}
    assert Client().get(address).status_code == 400
    assert Client().get(address, {"crc_token": "x" * 501}).status_code == 400


def test_what_is_signed_is_heard(account: Account, log: FileLog) -> None:
    assert deliver(account, activity()) == 200
    assert heard(log) == ["@brand is it down & out?"]


def test_a_copy_is_refused(account: Account, log: FileLog) -> None:
    body = activity()
    assert [deliver(account, body) for _ in range(3)] == [200, 409, 409]
    assert len(heard(log)) == 1


def test_what_is_old_is_refused(account: Account, log: FileLog) -> None:
    assert deliver(account, activity(number="1800000000000000000")) == 409
    assert heard(log) == []


@pytest.mark.parametrize("signature", ["", "sha256=", "sha256=AAAA", "x" * 9000, "é", "sha1=abc"])
def test_a_wrong_signature_is_refused(account: Account, log: FileLog, signature: str) -> None:
    assert deliver(account, activity(), signature) == 403
    assert deliver(account, activity(), signed(activity(), "another")) == 403
    assert heard(log) == []
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00\xff",
        b"[" * 100_000,
        b"null",
        b"{}",
        b'{"for_user_id": 7}',
        b'{"for_user_id": "77", "tweet_create_events": [{"id_str": null}]}',
        b'{"for_user_id": "77", "tweet_create_events": {"a": 1}}',
    ],
)
def test_signed_nonsense_is_refused(account: Account, log: FileLog, body: bytes) -> None:
    assert deliver(account, body) in {400, 404}
    assert heard(log) == []


def test_strange_posts_hurt_nobody(account: Account, log: FileLog) -> None:
    strange = {
        "for_user_id": "77",
        "tweet_create_events": [{"id_str": "9" * 5000}, {"id_str": "no", "text": "\ud800\x00"}],
        "tweet_delete_events": [{"status": {"id": "x"}, "timestamp_ms": "9" * 400}],
    }
    assert deliver(account, json.dumps(strange).encode()) in {200, 400, 409}


def test_it_is_for_one_account(account: Account, log: FileLog) -> None:
    assert deliver(account, activity(us="78")) == 404
    assert heard(log) == []


def test_what_is_too_large_is_not_read(account: Account, log: FileLog) -> None:
    body = b"x" * 1_000_001
    assert deliver(account, body, "sha256=") == 413


def test_nobody_is_told_whom_the_desk_knows(account: Account) -> None:
    account.disconnected_at = clock.now()
    account.save()
    assert deliver(account, activity()) == 404


def test_a_channel_without_webhooks_takes_none(log: FileLog) -> None:
    other = Account(channel="bluesky", external_id="did:x", handle="b", connected_at=clock.now())
    other.seal({})
    other.save()
    assert deliver(other, activity()) == 404


def test_what_was_not_kept_is_sent_again(
    account: Account, log: FileLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> int:
        raise LogError("The disk is full.")

    body = activity()
    with monkeypatch.context() as broken:
        broken.setattr(log, "append", full)
        assert deliver(account, body) == 503
    assert deliver(account, body) == 200
    assert len(heard(log)) == 1


def test_marks_are_forgotten(account: Account, log: FileLog) -> None:
    deliver(account, activity())
    Delivery.objects.update(at=clock.now() - deliveries.KEPT * 2)
    assert deliveries.forget() == 1
