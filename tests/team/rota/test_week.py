"""Hours as people write them are read, and written as they can be read again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.team.rota.week import DAY, HOLIDAY, NEVER, NoHoursError, Span, Week, read, read_hours
from rejoinder.team.rota.week import written as write

NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "holidays")
GERMAN = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So", "Feiertage")


@st.composite
def days(draw: st.DrawFn) -> tuple[Span, ...]:
    """Hours of a day that do not overlap; the last may end tomorrow."""
    cuts = sorted(draw(st.lists(st.integers(0, DAY - 1), max_size=8, unique=True)))
    spans = [Span(*pair) for pair in zip(cuts[::2], cuts[1::2], strict=False)]
    late = draw(st.none() | st.integers(1, DAY // 4))
    if spans and late and late < spans[0].begins:
        spans[-1] = Span(spans[-1].begins, DAY + late)
    return tuple(spans)


weeks = st.tuples(*[days()] * 8)


@given(weeks, st.sampled_from([NAMES, GERMAN]))
def test_what_is_written_is_read_as_it_was(week: Week, names: tuple[str, ...]) -> None:
    assert read(write(week, names)) == week


def test_a_split_shift_a_night_and_a_holiday() -> None:
    week = read("Mon-Fri 8-12 13-17:30, Sat 22-6; holidays 10-14")

    assert week[:5] == ((Span(480, 720), Span(780, 1050)),) * 5
    assert week[5] == (Span(1320, DAY + 360),)
    assert week[6] == ()
    assert week[HOLIDAY] == (Span(600, 840),)
    assert write(week, NAMES) == "Mon-Fri 8-12 13-17:30, Sat 22-6, holidays 10-14"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("monday 9-17", "Mon 9-17"),
        ("Mo – Fr 9 – 17", "Mon-Fri 9-17"),
        ("Mon Wed Fri 9-17", "Mon 9-17, Wed 9-17, Fri 9-17"),
        ("Fri-Mon 9.30-12", "Mon 9:30-12, Fri-Sun 9:30-12"),
        ("Sat 0-24", "Sat 0-24"),
        ("Mon 8-12, 13-17\nTue 8-12", "Mon 8-12 13-17, Tue 8-12"),
        ("Sat 18-24", "Sat 18-24"),
        ("", ""),
        (" , ;", ""),
    ],
)
def test_ways_to_write(typed: str, meant: str) -> None:
    assert write(read(typed), NAMES) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "8-12",
        "Mon",
        "Mon 8",
        "Mon 25-26",
        "Mon 8-8",
        "Mon 8:60-9",
        "Mon 8-12 11-13",
        "Xyz 8-12",
        "M 8-12",
        "8-12 Mon",
        "Mon-holidays 8-12",
        "Mon 8-12 Tue",
        "Mon 24-6",
        "Mon\0 8-12",
        "\ud800",
    ],
)
def test_what_is_no_working_time_is_said(typed: str) -> None:
    with pytest.raises(NoHoursError) as slip:
        read(typed)
    assert len(slip.value.part) <= 40


@given(st.text())
def test_any_text_is_read_or_refused(typed: str) -> None:
    for reader in (read, read_hours):
        try:
            reader(typed)
        except NoHoursError:
            continue


def test_a_long_text_is_refused_at_once() -> None:
    with pytest.raises(NoHoursError):
        read("Mon " + "8-" * 1_000_000)


def test_an_empty_week_has_eight_days() -> None:
    assert read("") == NEVER
