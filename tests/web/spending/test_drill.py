"""The page of a drill: only where one is played; its clock and its end are a lead's."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.drill.play import setting as settings
from rejoinder.drill.play.setting import Setting
from rejoinder.drill.worlds import NAMED
from rejoinder.listening.models import Need
from rejoinder.plumbing import config, pace
from rejoinder.team.models import AuditLine
from tests.web import stage
from tests.web.pages import source, text

MIDNIGHT = datetime(2012, 1, 25, tzinfo=UTC).timestamp()
TEN = MIDNIGHT + 10 * 3600


@pytest.fixture
def played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A desk that plays a drill; it is ten o'clock there, and the clock stands."""
    monkeypatch.setenv("REJOINDER_DATA", str(tmp_path))
    monkeypatch.setenv("REJOINDER_DEMO", "true")
    config.config.cache_clear()
    settings.keep(
        Setting(world=NAMED["o2-2012"], seed=0, begins=MIDNIGHT, from_h=7, opens_h=7, until_h=22)
    )
    pace.start(TEN, 0)
    yield tmp_path
    monkeypatch.undo()
    config.config.cache_clear()
    pace.forget()


def test_it_says_what_time_it_is_and_how_the_day_goes(played: Path, alice: Client) -> None:
    stage.says("Tom", "is it fixed", need=Need.URGENT)

    page = text(alice.get(reverse("drill")))
    assert "It is 10:00 in the drill, and the clock stands." in page
    assert "Of them urgent 1" in page
    assert "End the day now" not in page  # Alice is no lead
    assert "Drill 10:00" in text(alice.get("/"))


def test_a_lead_sets_the_speed(played: Path, dan: Client) -> None:
    dan.post(reverse("drill-speed"), {"speed": "60"})

    found = pace.current()
    assert found is not None
    assert found.speed == 60
    assert AuditLine.objects.get(action="set the speed of the drill").actor is not None
    assert "Choose one of the speeds." in text(
        dan.post(reverse("drill-speed"), {"speed": "soon"}, follow=True)
    )


def test_a_day_ended_is_over_and_its_report_is_shown_when_it_is_there(
    played: Path, dan: Client
) -> None:
    page = text(dan.post(reverse("drill-end"), follow=True))
    assert "The report is being written." in page
    assert dan.get(reverse("drill-report")).status_code == 404
    kept = settings.kept()
    assert kept is not None
    assert kept.until_h == pytest.approx(10)

    (played / "drill-report.html").write_text("<!doctype html><p>Your day</p>")
    assert "Open the report" in text(dan.get(reverse("drill")))
    report = dan.get(reverse("drill-report"))
    assert b"Your day" in report.content
    assert "sandbox" in report["Content-Security-Policy"]


def test_on_any_other_desk_there_is_none(alice: Client) -> None:
    assert alice.get(reverse("drill")).status_code == 404
    assert reverse("drill") not in source(alice.get("/"))
