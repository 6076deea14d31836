"""What machines ask: does it answer, is it ready."""

from pathlib import Path

import pytest
from django.test import Client

from rejoinder.plumbing import config as settings
from rejoinder.web.frame import health

pytestmark = pytest.mark.django_db


def test_the_process_answers(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"


def test_a_desk_that_can_work_is_ready(client: Client) -> None:
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {
        "ready": True,
        "checks": {"database": True, "migrations": True, "log": True},
    }


def test_a_folder_that_cannot_be_written_is_named(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    gone = settings.config().model_copy(update={"data": tmp_path / "gone"})
    monkeypatch.setattr(health, "config", lambda: gone)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["checks"] == {"database": True, "migrations": True, "log": False}


def test_a_missing_migration_is_named(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(health.CHECKS, "migrations", lambda: False)

    assert client.get("/readyz").status_code == 503
