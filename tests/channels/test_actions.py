"""An owner connects an account, its secrets stay sealed, and disconnecting destroys them."""

import json
from typing import Any

import pytest
from django.db import transaction

from rejoinder.channels import actions
from rejoinder.channels.contract import TroubleError
from rejoinder.channels.models import Account
from rejoinder.channels.open import open_account
from rejoinder.channels.registry import UnknownChannelError
from rejoinder.plumbing import clock
from rejoinder.plumbing.models import Change
from rejoinder.team import audit
from rejoinder.team.models import AuditLine
from tests import people
from tests.channels.bluesky.fake import FakeBluesky

pytestmark = pytest.mark.django_db

HANDLE = "desk.example.com"
FORM = {"handle": HANDLE, "password": "made-up-password", "watch": "northwind"}


@pytest.fixture
def bluesky() -> FakeBluesky:
    made = FakeBluesky()
    made.sign_up(HANDLE)
    return made


def connected(bluesky: FakeBluesky, **more: str) -> Account:
    olga = people.olga()
    return actions.connect(
        "bluesky",
        FORM | more,
        witness=lambda account: audit.line(olga, "connected", account.handle),
        http=bluesky,
    )


def test_an_account_is_connected_with_sealed_secrets(bluesky: FakeBluesky) -> None:
    account = connected(bluesky)
    assert account.handle == HANDLE
    assert account.settings == {
        "messages": "",
        "stream": "",
        "handle": HANDLE,
        "watch": "northwind",
        "service": "https://bsky.social",
    }
    assert account.unseal()["password"] == "made-up-password"
    assert b"made-up" not in bytes(account.sealed)
    assert "made-up" not in json.dumps(account.settings)
    assert AuditLine.objects.get().what == HANDLE
    assert Change.objects.filter(topic=f"account:{account.public_id}").count() == 1


def test_tokens_of_the_first_sign_in_are_kept(bluesky: FakeBluesky) -> None:
    account = Account.objects.get(pk=connected(bluesky).pk)
    for _ in range(3):
        open_account(account, bluesky).listen({})
    assert bluesky.signed_in == 1


def test_a_renewed_token_outlives_the_process(bluesky: FakeBluesky) -> None:
    account = connected(bluesky)
    before = account.unseal()
    bluesky.expire()
    open_account(account, bluesky).identify()
    account.refresh_from_db()
    after = account.unseal()
    assert after["access"] != before["access"]
    assert after["password"] == "made-up-password"


def test_connecting_again_renews_the_same_account(bluesky: FakeBluesky) -> None:
    first = connected(bluesky)
    Account.objects.update(cursor={"turn": 5}, trouble="expired", trouble_at=clock.now())
    second = connected(bluesky, watch="northwind, nwind")
    assert second.pk == first.pk
    assert second.settings["watch"] == "northwind, nwind"
    assert second.trouble == ""
    assert second.cursor == {"turn": 5}


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"password": ""}, "App password is missing"),
        ({"handle": "  "}, "Handle is missing"),
        ({"password": "wrong"}, "refused the handle or the app password"),
    ],
)
def test_what_does_not_open_is_not_kept(
    bluesky: FakeBluesky, form: dict[str, str], words: str
) -> None:
    with pytest.raises(TroubleError, match=words):
        connected(bluesky, **form)
    assert not Account.objects.exists()
    assert not AuditLine.objects.exists()


def test_a_platform_nobody_wrote_is_said_so() -> None:
    with pytest.raises(UnknownChannelError, match="There are: bluesky, "):
        actions.connect("carrier-pigeon", {}, witness=_nobody)


def test_without_its_audit_line_nothing_is_connected(bluesky: FakeBluesky) -> None:
    def fails(_: Account) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"), transaction.atomic():
        actions.connect("bluesky", FORM, witness=fails, http=bluesky)
    assert not Account.objects.exists()


def test_disconnecting_destroys_the_secrets_once(bluesky: FakeBluesky) -> None:
    account = connected(bluesky)
    opened = open_account(account, bluesky)
    witnessed: list[Any] = []
    assert actions.disconnect(account, witness=witnessed.append)
    assert not actions.disconnect(account, witness=witnessed.append)
    assert len(witnessed) == 1
    assert account.disconnected_at
    assert account.unseal() == {}
    # A process that still has it open renews its token, and nothing is kept.
    bluesky.expire()
    opened.identify()
    account.refresh_from_db()
    assert bytes(account.sealed) == b""


def test_another_master_key_is_trouble_with_a_remedy(
    bluesky: FakeBluesky, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = connected(bluesky)
    monkeypatch.setattr("rejoinder.plumbing.config.key", lambda _: "ab" * 32)
    with pytest.raises(TroubleError, match="connect the account again") as caught:
        open_account(account, bluesky)
    assert caught.value.permanent


def _nobody(_: Account) -> None:
    return None
