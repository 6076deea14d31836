"""What was written is read; a mistake names its column and what was expected."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.listening.watch import parse as grammar
from rejoinder.listening.watch import query
from rejoinder.listening.watch.parse import ParseError, parse
from rejoinder.listening.watch.query import Near, Not, Phrase, Query, Word, bounded
from tests.listening.watch.queries import queries


@given(queries.filter(bounded))
def test_the_canonical_form_reads_back(each: Query) -> None:
    assert parse(str(each)) == each


@given(st.one_of(st.text(max_size=60), st.text(alphabet='ab"()-*~/ ANDORTE5:#@', max_size=60)))
def test_anything_typed_is_read_or_refused_with_a_column(typed: str) -> None:
    found = _read(typed)
    if isinstance(found, ParseError):
        assert 1 <= found.column <= len(typed) + 1
        assert found.sentence % found.values
    else:
        assert parse(str(found)) == found


def _read(typed: str) -> Query | ParseError:
    try:
        return parse(typed)
    except ParseError as error:
        return error


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("no signal", "no AND signal"),
        ("a1 OR b1 c1", "a1 OR b1 AND c1"),
        ("(a1 OR b1) c1", "(a1 OR b1) AND c1"),
        ("O2 -arena", "o2 AND NOT arena"),
        ('O2 -"the arena"', 'o2 AND NOT "the arena"'),
        ("O2 -(arena OR oxygen)", "o2 AND NOT (arena OR oxygen)"),
        ("a1 AND NOT NOT b1", "a1 AND NOT NOT b1"),
        ("a1 b1 NEAR/5 c1", "a1 AND b1 NEAR/5 c1"),
        ("“No Signal” OR «pas de réseau»", '"no signal" OR "pas de reseau"'),
        ("Wi-Fi", '"wi fi"'),
        ("@brand.example.com", '"@brand example com"'),
        ("comcast~ outage~2", "comcast~1 AND outage~2"),
        ("Signal* #O2 @O2 😡", "signal* AND #o2 AND @o2 AND 😡"),
        ("don’t", "dont"),
        ("lang:EN from:@Brand -from:tom", "lang:en AND from:@brand AND NOT from:@tom"),
        ("no and yes", "no AND and AND yes"),
        ("信号", '"信 号"'),
        ("((a1))", "a1"),
        ("a1 (b1 c1)", "a1 AND b1 AND c1"),
        ('"signal"', "signal"),
    ],
)
def test_read(typed: str, canonical: str) -> None:
    assert str(parse(typed)) == canonical


def test_what_binds_tighter() -> None:
    near = Near(Word("b1"), Phrase((Word("c1"), Word("d1"))), 5)
    assert parse('-a1 b1 NEAR/5 "c1 d1" OR e1') == query.either(
        [query.every([Not(Word("a1")), near]), Word("e1")]
    )


@pytest.mark.parametrize(
    ("typed", "column", "sentence"),
    [
        ("", 1, grammar.EMPTY),
        ("   ", 1, grammar.EMPTY),
        ("signal AND", 11, grammar.NEEDS_TERM),
        ("signal OR )", 11, grammar.NEEDS_TERM),
        ("AND signal", 1, grammar.NEEDS_TERM_FIRST),
        ("signal AND OR bars", 12, grammar.NEEDS_TERM_FIRST),
        ("signal - bars", 8, grammar.MINUS),
        ("(signal", 1, grammar.NOT_CLOSED),
        ("signal)", 7, grammar.NOT_OPENED),
        ("()", 2, grammar.NEEDS_TERM),
        ('no "signal', 4, grammar.NO_END_QUOTE),
        ('no "!"', 4, grammar.NO_WORD),
        ("no !!!", 4, grammar.NO_WORD),
        ("sig*nal", 4, grammar.STAR_INSIDE),
        ("s*", 2, grammar.STAR_SHORT),
        ("signal~3", 7, grammar.EDITS),
        ("O2~", 3, grammar.EDITS_SHORT),
        ("phone~2", 6, grammar.EDITS_SHORT),
        ("wi-fi~1", 6, grammar.EDITS_MANY),
        ("a" * 41 + "~", 42, grammar.EDITS_LONG),
        ("lang:english signal", 1, grammar.LANGUAGE),
        ("from:@", 1, grammar.AUTHOR),
        ("no NEAR signal", 4, grammar.DISTANCE),
        ("no NEAR/0 signal", 4, grammar.DISTANCE),
        ("no NEAR/100 signal", 4, grammar.DISTANCE),
        ("a1 NEAR/5 b1 NEAR/5 c1", 14, grammar.NEAR_CHAIN),
        ("a1 NEAR/5 (b1 AND c1)", 11, grammar.NEAR_SIDES),
        ("-a1 NEAR/5 b1", 1, grammar.NEAR_SIDES),
        ("😡 (b1", 3, grammar.NOT_CLOSED),
        ("-signal", 1, grammar.UNBOUNDED),
        ("signal OR -bars", 1, grammar.UNBOUNDED),
        ("(" * 51 + "a1" + ")" * 51, 51, grammar.TOO_DEEP),
        ("NOT " * 51 + "a1", 201, grammar.TOO_DEEP),
        ("a" * 200_001, 200_001, grammar.TOO_LONG),
    ],
)
def test_mistakes(typed: str, column: int, sentence: str) -> None:
    with pytest.raises(ParseError) as refused:
        parse(typed)
    assert (refused.value.sentence, refused.value.column) == (sentence, column)
    assert str(refused.value).startswith(f"Column {column}: ")


def test_a_very_long_query_is_read() -> None:
    typed = " OR ".join(f'("word{n}" -other{n})' for n in range(5_000))
    assert len(typed) > 100_000
    assert str(parse(typed)).count("NOT") == 5_000
