"""The doctor finds what is wrong with a desk, and says what to do about each."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from rejoinder.answers.models import Revision
from rejoinder.channels.contract import Identity, TroubleError
from rejoinder.cli import _examine
from rejoinder.cli._examine import Finding
from rejoinder.plumbing import clock, upgrade
from rejoinder.plumbing.answer import Answer
from tests import scanning, scene
from tests.answers import newsroom

pytestmark = pytest.mark.django_db


class _Platform:
    """A platform's front door: answers everything, with its own idea of the time."""

    ahead = timedelta(0)

    def call(self, *_: Any, **__: Any) -> Answer:
        date = format_datetime(clock.now() + self.ahead, usegmt=True)
        return Answer(200, {"date": date}, b"{}")


@pytest.fixture
def platform(monday: datetime, monkeypatch: pytest.MonkeyPatch) -> Iterator[_Platform]:
    found = _Platform()
    monkeypatch.setattr(_examine, "network", lambda: found)
    with scene.networks() as notebook:

        def identify(self: scene.Notebook) -> Identity:
            self.http.call("GET", "https://notebook.example.com/me")
            return Identity(external_id="brand", handle="@brand")

        monkeypatch.setattr(notebook, "identify", identify)
        scene.account()
        yield found


def _found(what: str, findings: list[Finding]) -> Finding:
    return next(finding for finding in findings if what in finding.what)


def test_a_healthy_account_is_ok(platform: _Platform) -> None:
    assert all(finding.ok for finding in _examine.channels())


def test_a_wrong_clock(platform: _Platform) -> None:
    platform.ahead = timedelta(minutes=-3)
    clock_finding = _found("clock", _examine.channels("notebook"))
    assert clock_finding.serious
    assert not clock_finding.ok
    assert clock_finding.words == "+180 s"
    assert "chrony" in clock_finding.remedy


def test_an_unreachable_channel(platform: _Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(self: scene.Notebook) -> Identity:
        raise TroubleError("notebook.example.com does not answer.")

    monkeypatch.setattr(scene.Notebook, "identify", silent)
    finding = _found("Notebook", _examine.channels())
    assert finding.serious
    assert finding.words == "notebook.example.com does not answer."


@pytest.mark.parametrize(
    ("days", "ok", "serious"), [(30, True, False), (3, False, False), (-1, False, True)]
)
def test_a_token_that_ends(
    platform: _Platform, monkeypatch: pytest.MonkeyPatch, days: int, ok: bool, serious: bool
) -> None:
    ends = clock.now() + timedelta(days=days)
    monkeypatch.setattr(scene.Notebook, "credentials_end", lambda self: ends)
    finding = _found("token", _examine.channels())
    assert (finding.ok, finding.serious) == (ok, serious)


def test_credentials_sealed_under_another_key(platform: _Platform) -> None:
    account = scene.account()
    account.sealed = b"x" * 40
    account.save()
    finding = _found("notebook", _examine.channels())
    assert finding.serious
    assert "master key is another one" in finding.remedy


def test_missing_migrations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upgrade, "pending", lambda: ["desk.0002_more"])
    finding = _found("tables", _examine.everything())
    assert finding.serious
    assert "rejoinder migrate" in finding.remedy


def test_a_weak_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_examine, "key", lambda name: "changeme")
    finding = _found("secret key", _examine.everything())
    assert finding.serious
    assert not finding.ok


def test_a_folder_that_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("rejoinder.cli._ground.tempfile.TemporaryFile", denied)
    finding = _found("data folder", _examine.everything())
    assert finding.serious
    assert "REJOINDER_DATA" in finding.remedy


def test_a_desk_without_owner_or_accounts_is_told_what_comes_next() -> None:
    findings = _examine.everything()
    assert "sign-in-link" in _found("owner", findings).remedy
    assert not any(finding.serious and not finding.ok for finding in findings)


def test_what_was_published_and_silently_changed() -> None:
    revision = newsroom.published(newsroom.opened())
    assert _found("public log", _examine.everything()).ok

    Revision.objects.filter(pk=revision.pk).update(text="We never said that.")

    found = _found("public log", _examine.everything())
    assert (found.ok, found.serious) == (False, True)
    assert "entry 0" in found.words


def test_a_scanner_that_does_not_answer() -> None:
    assert list(_examine._scanner()) == []
    with scanning.scanner(lambda _: b"ClamAV 1.4.3\0") as (address, _), scanning.at(address):
        assert [(found.ok, found.words) for found in _examine._scanner()] == [
            (True, "ClamAV 1.4.3")
        ]
    with scanning.at(address):
        [found] = _examine._scanner()
    assert (found.ok, found.serious) == (False, True)
    assert "REJOINDER_SCANNER" in found.remedy
