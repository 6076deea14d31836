"""Explore: the page, its files, and what few people are never shown in."""

import json
from pathlib import Path

import duckdb
import pytest
from django.test import Client

from rejoinder.plumbing import clock
from rejoinder.reporting.models import ChangedDay
from tests import people
from tests.web import stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(people.alice())
    return client


def heard() -> None:
    for at in range(12):
        stage.says(f"Person {at}", "no signal", minutes_ago=30, channel="bluesky", language="en")
    for at in range(6):
        stage.says(f"Caller {at}", "no signal", minutes_ago=30, channel="phone", language="en")
    stage.says("Rosa", "no signal", minutes_ago=30, channel="email", language="cy")


def test_the_page_draws_each_value_with_its_table(client: Client) -> None:
    heard()
    page = client.get("/reports/explore?period=24h&by=channel").content.decode()
    assert page.count("<figure") == page.count('<details class="as-table"') == 3
    assert "too few to show" in page
    assert 'role="img"' in page


def test_nobody_wrote_yet(client: Client) -> None:
    assert "Nobody wrote in this time." in client.get("/reports/explore").content.decode()


def test_what_is_not_understood_is_as_if_it_were_not_there(client: Client) -> None:
    heard()
    odd = "/reports/explore?period=9y&by=x&channel=%22%3E%3Cscript%3E&first=x&need=-1"
    page = client.get(odd)
    assert page.status_code == 200
    assert "<script>" not in page.content.decode()


def test_files_hold_the_same_figures(client: Client, tmp_path: Path) -> None:
    heard()
    asked = "/reports/explore?period=60m&by=channel"
    told = json.loads(client.get(f"{asked}&as=json").content)["rows"]
    lines = client.get(f"{asked}&as=csv").content.decode().splitlines()
    file = tmp_path / "explore.parquet"
    file.write_bytes(client.get(f"{asked}&as=parquet").content)
    rows = duckdb.execute("SELECT value, mentions, people FROM read_parquet(?)", [str(file)])
    told_again = [(each["value"], each["mentions"], each["people"]) for each in told]
    assert rows.fetchall() == told_again
    assert len(lines) == 1 + len(told) == 1 + 3 * 60
    assert ("bluesky", 12, 12) in told_again
    # One person called in Welsh by e-mail: hidden, and with it the least of the others.
    assert not {each for each in told_again if each[0] in ("email", "phone") and each[1]}


def test_changes_of_days_that_were_over_are_shown(client: Client) -> None:
    heard()
    today = clock.now().date()
    ChangedDay.objects.create(day=today, on=today, gone=3, come=1, otherwise=2)
    page = client.get("/reports/explore?period=7d").content.decode()
    assert "What changed these figures afterwards" in page


def test_what_has_no_language_is_asked_for_and_is_not_all(client: Client) -> None:
    for at in range(9):
        stage.says(f"Person {at}", "no signal", minutes_ago=30, channel="bluesky", language="en")
    for at in range(7):
        stage.says(f"Quiet {at}", "?", minutes_ago=30, channel="bluesky", language="")
    page = client.get("/reports/explore?period=24h").content.decode()
    assert '<option value="?">not known</option>' in page
    told = json.loads(client.get("/reports/explore?period=24h&language=%3F&as=json").content)
    assert told["asked"]["language"] == "?"
    assert sum(each["mentions"] or 0 for each in told["rows"]) == 7
    beside = client.get("/reports/explore?period=24h&by=language").content.decode()
    assert "<h2>not known</h2>" in beside


def test_a_chart_says_its_scale_and_its_time(client: Client) -> None:
    heard()
    page = client.get("/reports/explore?period=24h").content.decode()
    assert "<span>19</span><span>0</span>" in page
    assert page.count('<text class="tick"') == 2
