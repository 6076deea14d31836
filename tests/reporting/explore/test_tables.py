"""Every figure of Explore again from the raw rows; closed days tell what they told."""

from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

import duckdb
import pytest
from django.db.models import F

from rejoinder.desk.experts import areas
from rejoinder.listening.models import Mention
from rejoinder.plumbing import clock
from rejoinder.plumbing.config import config
from rejoinder.reporting.explore import history
from rejoinder.reporting.explore.asking import Asked, asked
from rejoinder.reporting.explore.tables import Answer, answer
from rejoinder.reporting.few import FEW
from rejoinder.reporting.models import ClosedDay
from rejoinder.reporting.zone import zone
from tests import people
from tests.web import stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture(autouse=True)
def no_files() -> None:
    for file in (config().data / "history").glob("*"):
        file.unlink()


def house(seed: int, days: float, many: int = 150) -> None:
    chance = Random(seed)
    dan = people.dan()
    areas.keep(dan, "Network", ["outage", "coverage"])
    areas.keep(dan, "Billing", ["billing"])
    for _ in range(many):
        stage.says(
            f"Person {chance.randrange(40)}",
            "words",
            minutes_ago=chance.uniform(0, days * 1440),
            thread=str(uuid4()),
            channel=chance.choice(["bluesky", "bluesky", "phone"]),
            intent=chance.choice(["outage", "billing", "praise"]),
            language=chance.choice(["en", "en", "en", "cy"]),
            ours=chance.random() < 0.05,
            deleted_at=clock.now() if chance.random() < 0.05 else None,
        )
    Mention.objects.update(need=chance.choice([0, 2]))
    Mention.objects.filter(language="cy").update(need=1)


def values(row: Mention) -> dict[str, str]:
    area = {"outage": "Network", "billing": "Billing"}.get(row.intent)
    pks = {one.name: str(one.pk) for one in areas.kept()}
    own = {"channel": row.channel, "need": str(row.need), "language": row.language, "": ""}
    return {**own, "area": pks[area] if area else "0"}


def raw(wanted: Asked) -> list[tuple[str, datetime, int]]:
    """The value that is asked by, when and by whom, row by row."""
    begins, ends = wanted.bounds(clock.now(), zone())
    here = zone()
    found = []
    for row in Mention.objects.all():
        if row.ours or row.deleted_at or not begins <= row.created_at < ends:
            continue
        own = values(row)
        if all(own[name] == of for name, of in wanted.where.items()):
            found.append((own[wanted.by], row.created_at.astimezone(here), row.person_id))
    return found


def starts(local: datetime, step: str) -> datetime:
    minute = local.replace(second=0, microsecond=0)
    if step == "minute":
        return minute
    return minute.replace(minute=0) if step == "hour" else minute.replace(hour=0, minute=0)


def check(found: Answer, *, exact: bool = True) -> int:
    """How many figures were told, all of them right."""
    rows: dict[str, list[tuple[datetime, int]]] = defaultdict(list)
    for of, at, who in raw(found.asked):
        rows[of].append((starts(at, found.step), who))
    told = 0
    for line in found.lines:
        said = rows.pop(line.value)
        if line.whole is not None:
            many = len({who for _, who in said})
            assert line.whole[0] == len(said)
            assert FEW <= line.whole[1] <= many
            assert not exact or line.whole[1] == many
            told += 1
        for moment, figure in zip(found.moments, line.steps, strict=True):
            own = [who for at, who in said if at == moment]
            if figure is not None:
                assert figure == (len(own), len(set(own)))
                assert not own or len(set(own)) >= FEW
                told += 1
    assert not rows
    return told


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("period", ["60m", "24h", "7d", "28d"])
def test_every_figure_is_that_of_the_raw_rows(seed: int, period: str) -> None:
    house(seed, {"60m": 0.05, "24h": 1, "7d": 7, "28d": 28}[period])
    told = check(answer(Asked(period)))
    for by in ("channel", "area", "need", "language"):
        told += check(answer(Asked(period, by=by)))
        told += check(
            answer(Asked(period, where={"channel": "bluesky"}, by=by if by != "channel" else ""))
        )
    assert told > 20


def old(days: float = 20) -> None:
    """What was written long ago, in a house that goes on."""
    house(1, days)
    Mention.objects.update(created_at=F("created_at") - timedelta(days=history.HOT))


def close() -> None:
    while history.run():
        pass


def months() -> Asked:
    return asked({"period": "365d"})


def test_closed_days_are_told_as_the_rows_told_them() -> None:
    old()
    before = answer(months())
    close()
    assert ClosedDay.objects.count() >= 19
    after = answer(months())
    assert after.closed
    assert [each.steps for each in after.lines] == [each.steps for each in before.lines]
    for by in ("channel", "area", "need", "language"):
        assert check(answer(Asked("365d", by=by)), exact=False)


def test_a_day_that_is_closed_stands_when_people_are_forgotten() -> None:
    old()
    close()
    before = answer(months())
    closed = {each.day for each in ClosedDay.objects.all()}
    for row in Mention.objects.all():
        if row.created_at.astimezone(zone()).date() in closed:
            Mention.objects.filter(pk=row.pk).update(deleted_at=clock.now(), intent="")
    after = answer(months())
    for line, then in zip(after.lines, before.lines, strict=True):
        for moment, now, was in zip(after.moments, line.steps, then.steps, strict=True):
            if moment.astimezone(zone()).date() in closed:
                assert now == was


def test_a_day_whose_file_was_lost_is_told_from_the_rows() -> None:
    old()
    before = answer(months())
    close()
    for file in list((config().data / "history").iterdir())[:5]:
        file.unlink()
    after = answer(months())
    assert after.closed == before.closed + ClosedDay.objects.count() - 5
    assert [each.steps for each in after.lines] == [each.steps for each in before.lines]


def test_files_hold_figures_and_nobody() -> None:
    old()
    close()
    files = list((config().data / "history").iterdir())
    assert files
    columns = duckdb.execute("DESCRIBE SELECT * FROM read_parquet(?)", [[str(f) for f in files]])
    names = {row[0] for row in columns.fetchall()}
    assert names == {"hour", "channel", "area", "need", "language", "mentions", "people"}


@pytest.mark.parametrize("at", ["written", "put there", "noted"])
def test_a_day_whose_closing_broke_off_is_closed_again(
    at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full, or the process is killed, at each of its steps; nothing half is read."""
    old()
    before = answer(months())

    def broken(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        if at == "written":
            patched.setattr("os.fsync", broken)
        elif at == "put there":
            patched.setattr(Path, "replace", broken)
        else:
            patched.setattr(ClosedDay.objects, "get_or_create", broken)
        with pytest.raises(OSError, match="No space"):
            history.run()
    assert not list((config().data / "history").glob("*.part"))
    assert [each.steps for each in answer(months()).lines] == [each.steps for each in before.lines]
    close()
    assert [each.steps for each in answer(months()).lines] == [each.steps for each in before.lines]


def test_nobody_is_left_over_between_all_and_all_but_few() -> None:
    """Asking for one channel is refused when what is left of all would be few people."""
    for at in range(20):
        stage.says(f"Person {at}", "words", minutes_ago=5, channel="bluesky")
    stage.says("Rosa", "words", minutes_ago=5, channel="phone")
    whole = answer(Asked("24h")).lines[0].whole
    assert whole == (21, 21)
    one = answer(Asked("24h", where={"channel": "bluesky"}))
    assert one.lines[0].whole is None
    assert not any(one.lines[0].steps) or all(each in (None, (0, 0)) for each in one.lines[0].steps)


def test_the_file_of_a_day_names_nobody() -> None:
    """So an erasure has nothing to look for in it: figures by hour, and not whose they are."""
    house(5, days=3)
    stage.says("Canary Person", "canary words 07700 900123", minutes_ago=120 * 1440)
    history.run()
    files = sorted((config().data / "history").glob("*.parquet"))
    assert files
    with history.database() as told:
        for file in files:
            read = told.execute("SELECT * FROM read_parquet(?)", [str(file)])
            assert [column[0] for column in read.description or ()] == [
                *("hour", "channel", "area", "need", "language", "mentions", "people")
            ]
            values = " ".join(str(value) for row in read.fetchall() for value in row)
            for word in ("Canary", "canary", "900123", "Person"):
                assert word not in values
                assert word.encode() not in file.read_bytes()
