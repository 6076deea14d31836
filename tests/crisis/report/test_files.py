"""The report as files: whatever people wrote, it is set as they wrote it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.crisis.report.chart import svg
from rejoinder.crisis.report.document import Chart, Document, Mark, Section, Table
from rejoinder.crisis.report.html import page
from rejoinder.crisis.report.pdf import pdf

HOSTILE = (
    '#panic("no") #import "@preview/cetz:0.3.0" $x^2$ *bold* \\ <b>&amp;</b>',
    "</style><script>alert(1)</script>",
    "“quotes”, ä, ß, →, 🙂, العربية, 中文, \u202eevil",
    "x" * 10_000,
    "a\nb\tc",
)


def report(words: str) -> Document:
    chart = Chart(
        label=words,
        top=10,
        values=[1, 5, 10],
        usual=[1, 1, 1],
        low=[0, 0, 0],
        high=[2, 2, 2],
        ticks=[Mark(0.5, "10:00")],
        marks=[Mark(0.4, words[:40], before=True)],
    )
    table = Table(words, ["At", words], [[words, "3"], ["b", words]], frozenset({0, 1}), 1)
    return Document(words, words, [Section(words, [words], chart, [table])], words, "en-gb")


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_words(words: str) -> None:
    made = pdf(report(words))
    assert made.startswith(b"%PDF-")
    whole = page(report(words), "p{}")
    assert "<script>" not in whole
    assert whole.count("</style>") == 1


@settings(max_examples=15)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60))
def test_any_words_are_set(words: str) -> None:
    assert pdf(report(words)).startswith(b"%PDF-")


def test_a_page_asks_nothing_of_any_network() -> None:
    whole = page(report("Outage"), "p{}")
    assert "default-src 'none'" in whole
    assert re.findall(r'(?:src|href)="', whole) == []
    assert whole.startswith("<!doctype html>")
    assert '<html lang="en-gb">' in whole


def test_a_table_says_its_heads_and_a_chart_its_words() -> None:
    whole = page(report("Outage"), "")
    assert '<th scope="col" dir="auto">At</th>' in whole
    assert '<th scope="row" dir="auto">b</th>' in whole
    assert 'aria-label="Outage"' in whole


def test_an_empty_report_is_a_report() -> None:
    empty = Document("Outage", "", [Section("In short")], "", "de")
    assert pdf(empty).startswith(b"%PDF-")
    assert "<h2>In short</h2>" in page(empty, "")


def test_a_chart_without_what_is_usual_has_no_band() -> None:
    drawn = svg(Chart("Mentions", 10, [1, 20, -3]))
    assert "band" not in drawn
    assert "nan" not in drawn
