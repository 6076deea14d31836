"""Themes from rows, and every figure again by brute force from the raw rows."""

import random
from collections import Counter
from datetime import date, datetime
from statistics import median
from typing import Any

import pytest

from rejoinder.desk.experts import areas
from rejoinder.desk.models import BusinessArea
from rejoinder.listening.models import Mention, Need, Question, SafetyCard
from rejoinder.plumbing import clock
from rejoinder.reporting import mapping
from rejoinder.reporting.few import FEW
from rejoinder.reporting.heard import read
from rejoinder.reporting.spans import Span, before
from rejoinder.reporting.themes import Theme
from rejoinder.reporting.zone import zone
from tests import people
from tests.web import stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

MINUTES = 24 * 60


@pytest.fixture
def house() -> list[BusinessArea]:
    dan = people.dan()
    areas.keep(dan, "Network", ["outage", "coverage"])
    areas.keep(dan, "Billing", ["billing", "coverage"])
    return list(areas.kept())


def question(name: str) -> Question:
    now = clock.now()
    return Question.objects.create(name=name, first_at=now, last_at=now, people=9)


def last_week() -> Span:
    return before(clock.now().astimezone(zone()).date(), 7)


def said(text: str, days_ago: float, many: int, **values: Any) -> None:
    for at in range(many):
        stage.says(f"Person {at}", f"{text} {at}", minutes_ago=days_ago * MINUTES, **values)


def test_an_area_is_told_against_its_usual(house: list[BusinessArea]) -> None:
    stage.says("Tom", "hello", minutes_ago=70 * MINUTES)
    for week, many in ((3, 8), (2, 4), (1, 3)):
        said("no signal at all today", 2 + 7 * week, many, intent="outage")
    said("no signal here in Leeds", 2, 12, intent="outage", sentiment="negative")

    network = read(last_week(), house).areas[house[1].pk]
    assert network.whole is not None
    assert network.usual is not None
    assert (network.whole.mentions, network.whole.people) == (12, 12)
    # Of the eight weeks before three had some, five had none.
    assert (network.usual.middle, network.usual.high, network.usual.weeks) == (0, 8, 8)
    assert network.change == 1
    assert network.moods == {"negative": 1.0}
    assert 1 <= len(network.quotes) <= 7


def test_weeks_before_the_desk_listened_are_no_weeks_of_silence(house: list[BusinessArea]) -> None:
    said("no signal here in Leeds", 15, 9, intent="outage")
    said("no signal here in Leeds", 2, 9, intent="outage")
    network = read(last_week(), house).areas[house[1].pk]
    assert network.usual is None
    assert network.change == 0


def test_few_people_are_not_shown_however_much_they_write(house: list[BusinessArea]) -> None:
    for _ in range(5):
        said("my bill was charged twice", 3, 4, intent="billing")
    found = read(last_week(), house)
    assert found.areas[house[0].pk] == Theme(None)
    assert found.whole == Theme(None)


def test_a_question_counts_where_a_lead_said(house: list[BusinessArea]) -> None:
    billing, network = house
    asked = question("When is 4G back?")
    said("when is it back", 3, 6, intent="outage", question_id=asked.pk)
    assert read(last_week(), house).areas[network.pk].whole is not None

    assert mapping.keep(people.dan(), {asked.pk: billing}) == 1
    found = read(last_week(), house).areas
    assert found[network.pk].whole is None
    assert [each.name for each in found[billing.pk].questions] == ["When is 4G back?"]

    assert mapping.keep(people.dan(), {asked.pk: billing}) == 0
    mapping.keep(people.dan(), {asked.pk: None})
    assert read(last_week(), house).areas[network.pk].whole is not None


def test_verbatims_are_public_calm_and_one_of_each_person(house: list[BusinessArea]) -> None:
    kinds: list[tuple[str, dict[str, object]]] = [
        ("private words about my own bill", {"public": False}),
        ("you are all such stupid people", {"need": Need.ABUSE, "reading": {"abuse": True}}),
        ("the bill and an insult, abuse", {"reading": {"abuse": True}}),
        ("I cannot go on with this bill", {}),
        ("the bill came twice this month", {}),
    ]
    for at, (text, values) in enumerate(kinds):
        talk = stage.says(f"P {at}", text, minutes_ago=MINUTES + 600, intent="billing")
        Mention.objects.filter(conversation=talk).update(**({"need": Need.COMMON} | values))
    danger = Mention.objects.get(text__startswith="I cannot")
    SafetyCard.objects.create(mention_id=danger.pk, kind="self-harm", opened_at=clock.now())
    stage.says("P 4", "and the bill is still wrong", minutes_ago=MINUTES + 600, intent="billing")

    billing = read(last_week(), house).areas[house[0].pk]
    assert billing.whole is not None
    assert [each.text for each in billing.quotes] == ["the bill came twice this month"]


@pytest.mark.parametrize("seed", range(4))
def test_every_figure_is_that_of_the_raw_rows(house: list[BusinessArea], seed: int) -> None:
    chance = random.Random(seed)
    asked = [question(f"Question {at}") for at in range(3)]
    mapping.keep(people.dan(), {asked[0].pk: house[0]})
    # Rows are in the order in which they were heard.
    for ago in sorted((chance.uniform(0, 75 * MINUTES) for _ in range(300)), reverse=True):
        one = chance.choice([*asked, None, None])
        stage.says(
            f"Person {chance.randrange(30)}",
            "words",
            minutes_ago=ago,
            intent=chance.choice(["outage", "coverage", "billing", "praise", ""]),
            sentiment=chance.choice(["negative", "neutral", "positive", ""]),
            question_id=one.pk if one else None,
            ours=chance.random() < 0.05,
            copy_of=chance.choice([None] * 9 + [1]),
            deleted_at=clock.now() if chance.random() < 0.05 else None,
        )
    span = last_week()
    found = read(span, house)
    for area in (*house, None):
        told = found.areas[area.pk] if area else found.whole
        rows = [row for row in _raw() if area is None or _area(row, house, asked[0]) == area.pk]
        inside = [row for row in rows if span.holds(_day(row.created_at))]
        if len({row.person_id for row in inside}) < FEW:
            assert told == Theme(None)
            continue
        assert told.whole is not None
        assert told.whole.mentions == len(inside)
        assert told.whole.people == len({row.person_id for row in inside})
        weeks = [span.earlier(n) for n in range(1, 9)]
        # The desk heard something before all of these weeks.
        counts = [sum(week.holds(_day(row.created_at)) for row in rows) for week in weeks]
        assert told.usual is not None
        assert told.usual.middle == median(counts)
        moods = Counter(row.sentiment for row in inside if row.sentiment)
        for mood, share in told.moods.items():
            if mood != "rest":
                assert share == pytest.approx(moods[mood] / sum(moods.values()))
        for each in told.questions:
            askers = {row.person_id for row in inside if row.question_id == each.question}
            assert each.counted.people == len(askers) >= FEW


def _raw() -> list[Mention]:
    return [
        row
        for row in Mention.objects.all()
        if not row.ours and row.copy_of is None and row.deleted_at is None
    ]


def _day(at: datetime) -> date:
    return at.astimezone(zone()).date()


def _area(row: Mention, house: list[BusinessArea], mapped: Question) -> int | None:
    if row.question_id == mapped.pk:
        return house[0].pk
    for area in house:  # by name
        if row.intent in area.intents:
            return area.pk
    return None
