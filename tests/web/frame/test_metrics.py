"""What a monitor reads, who may, and that it tells of nobody."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from prometheus_client.parser import text_string_to_metric_families

from rejoinder.budget.models import Allowance
from rejoinder.listening.models import MinuteCount, Need
from rejoinder.plumbing import clock
from rejoinder.plumbing import config as settings
from rejoinder.web.frame import metrics
from tests.web import stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

Samples = dict[tuple[str, str], float]


def read(client: Client, **headers: str) -> Samples:
    """As a monitor reads it: by name and the value of the label."""
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200
    return {
        (sample.name, next(iter(sample.labels.values()))): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }


def test_who_waits_and_what_was_spent_and_nobody_by_name(client: Client) -> None:
    for at in range(7):
        stage.says(f"Person {at}", "no signal, call 07700 900123", minutes_ago=20 + at)
    stage.says("Tina", "999 fails", minutes_ago=3, need=Need.URGENT)
    for holder in ("account:1", "app:x", "conversation:1:7"):
        Allowance.objects.create(holder=holder, unit="posts", spent=2_000_000, guard=timedelta(0))
    MinuteCount.objects.create(channel="x", minute=clock.now() - timedelta(minutes=9), mentions=3)
    MinuteCount.objects.create(channel="x", minute=clock.now() - timedelta(hours=2), mentions=9)

    found = read(client)

    assert found["rejoinder_waiting", "common"] == 7
    assert found["rejoinder_waiting", "urgent"] == 5  # one person is nobody's statistic
    assert found["rejoinder_waiting", "vent"] == 0
    assert found["rejoinder_waiting_oldest_seconds", "common"] == 26 * 60
    assert found["rejoinder_spent_total", "posts"] == 4
    assert found["rejoinder_mentions_last_hour", "x"] == 3
    assert found["rejoinder_replies", "queued"] == 0
    words = client.get("/metrics").content.decode()
    for personal in ("Person", "Tina", "07700", "northwind", "did:"):
        assert personal not in words


def test_an_empty_desk_answers_too(client: Client) -> None:
    assert read(client)["rejoinder_waiting", "urgent"] == 0


def test_it_costs_the_same_however_many_wait(client: Client) -> None:
    counts = []
    for many in (1, 30):
        for at in range(many):
            stage.says(f"Person {many} {at}", "no signal")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            read(client)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8


@pytest.mark.parametrize("header", ["x-forwarded-for", "forwarded", "x-real-ip", "via"])
def test_through_a_proxy_nobody_is_from_this_machine(client: Client, header: str) -> None:
    assert client.get("/metrics", headers={header: "127.0.0.1"}).status_code == 401


@pytest.mark.parametrize("address", ["192.0.2.7", "::ffff:192.0.2.7", "", "unix:"])
def test_from_elsewhere_it_needs_a_token(client: Client, address: str) -> None:
    answer = client.get("/metrics", REMOTE_ADDR=address)
    assert answer.status_code == 401
    assert b"REJOINDER_METRICS_TOKEN" in answer.content


def test_where_a_token_is_set_it_alone_opens(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = settings.config().model_copy(update={"metrics_token": "correct horse"})
    monkeypatch.setattr(metrics, "config", lambda: given)
    for wrong in ("", "Bearer", "Bearer correct", "Basic correct horse", "Bearer correct horsé"):
        assert client.get("/metrics", headers={"authorization": wrong}).status_code == 401
    found = client.get(
        "/metrics", headers={"authorization": "Bearer correct horse"}, REMOTE_ADDR="192.0.2.7"
    )
    assert found.status_code == 200
    assert client.post("/metrics").status_code == 405
