"""The page is whole by itself, says nothing it does not show as numbers, and believes no file."""

import re
from collections.abc import Sequence
from html.parser import HTMLParser

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from rejoinder.drill.report import page
from rejoinder.drill.report.again import UnreadableError, again
from rejoinder.drill.report.chart import round_up
from rejoinder.drill.result import Result
from rejoinder.drill.world import World
from rejoinder.plumbing.markup import Markup, tag
from tests.drill.report.stage import WORLD, played

VOID = {"meta"}


class Read(HTMLParser):
    """What stands in a page: its words, its elements, and whether each is closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.names: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.words += data


@pytest.fixture(scope="module")
def runs() -> list[Result]:
    return [played("fcfs"), played("even-pacing")]


def test_two_ways_stand_side_by_side(runs: list[Result]) -> None:
    found = Read(page(runs))
    assert found.open == []
    assert "Two ways through the same day" in found.words
    for words in ("First come, first served", "Evenly through the day"):
        assert words in found.words
    assert found.names.count("svg") == 2 * (1 + 1 + 3 + 2)
    assert found.names.count("details") == 5


def test_it_needs_nothing_else(runs: list[Result]) -> None:
    text = page(runs)
    found = Read(text)
    assert not {"script", "link", "img", "iframe", "object", "form"} & set(found.names)
    assert not {"src", "href", "style", "onclick"} & {name for name, _ in found.attributes}
    assert "url(" not in text
    assert "@import" not in text
    assert "default-src 'none'" in text


def test_every_chart_has_its_words_and_its_numbers(runs: list[Result]) -> None:
    text = page(runs)
    assert text.count("<svg") == len(re.findall(r'<svg [^>]*role="img" aria-label="[^"]+"', text))
    for section in text.split("<section>")[2:]:
        assert "<svg" in section
        assert re.search(r"<table><caption>[^<]+</caption>", section)


def test_it_says_when_the_limit_was_gone(runs: list[Result]) -> None:
    words = Read(page(runs[:1])).words
    assert re.search(r"limit of 60 a day was used up at \d\d:\d\d", words)
    assert "A rehearsed day: reference" in words


def test_runs_of_one_policy_are_told_apart() -> None:
    days = [played("priority", seed=seed) for seed in (1, 2)]
    assert "Most needed first, seed 2" in page(days)
    assert "Two rehearsed days" in page(days)
    assert "Most needed first (2)" in page([days[0], days[0]])


def test_words_of_a_file_are_only_words(runs: list[Result]) -> None:
    evil = "<script>alert(1)</script>"
    text = page([replace(runs[0], policy=evil, world=replace(WORLD, name="<b>\"'&"))])
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert Read(text).open == []


@pytest.mark.parametrize(
    "world",
    [
        World(usual=0, surges=()),
        replace(WORLD, limits=()),
        replace(WORLD, shifts=()),
        replace(WORLD, questions=()),
    ],
    ids=["nobody writes", "no limit", "nobody on duty", "no question"],
)
def test_odd_days_have_a_page_too(world: World) -> None:
    assert Read(page([played("priority", world)])).open == []


@given(st.text(), st.text())
def test_an_element_never_lets_text_out(inside: str, value: str) -> None:
    found = tag("p", inside, title=value)
    assert found.count("<") == 2
    assert found.split(">")[0].count('"') == 2
    assert isinstance(tag("b", found), Markup)


@given(st.floats(0, 1e9))
def test_the_top_of_an_axis_is_above_all(value: float) -> None:
    assert value <= round_up(value) <= max(2, 2 * value + 2)


# What is read again.


def test_what_was_printed_is_read_again(runs: list[Result]) -> None:
    assert page([again(msgspec.json.encode(runs[0]))]) == page(runs[:1])


@pytest.mark.parametrize(
    "text",
    [b"", b"{}", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"schema": 2}'],
)
def test_what_is_no_day_is_refused_in_a_sentence(text: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"^This is no rehearsed day: .+\.$"):
        again(text)


def _bad(run: Result) -> Sequence[Result]:
    mention, post = run.arrivals[0], run.posts[0]
    return [
        replace(run, arrivals=run.arrivals[1:]),
        replace(run, arrivals=[replace(mention, at=-1.0), *run.arrivals[1:]]),
        replace(run, arrivals=[replace(mention, channel="telex"), *run.arrivals[1:]]),
        replace(run, posts=[replace(post, mention=10**9)]),
        replace(run, posts=[replace(post, account="telex")]),
        replace(run, posts=[replace(post, cost=-1)]),
    ]


@pytest.mark.parametrize("number", range(6))
def test_a_day_that_speaks_of_what_is_not_there_is_refused(runs: list[Result], number: int) -> None:
    with pytest.raises(UnreadableError):
        again(msgspec.json.encode(_bad(runs[0])[number]))
