"""What is private is found in every spelling; what only looks like it stays."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import spellings
from rejoinder.privacy.find import (
    KINDS,
    BadPatternError,
    Finder,
    Pattern,
    Span,
    _without_markers,
    masked,
)
from rejoinder.privacy.find.fold import Folded

FINDER = Finder()
HOSTILE = [
    "", " ", "\n", "\x00", "\x1e", "\x1e\x1e", "\ud800", "a\udfff b", "🙏", "\u200b" * 9,
    "[••• ", "[••• phone number]", "[••• name] [••• x]", "0" * 50, "@", "@@", "+", "((((", "o" * 99,
]  # fmt: skip


def found(text: str, finder: Finder = FINDER) -> list[tuple[str, str]]:
    """What stands where something was found, and its kind."""
    return [(text[span.start : span.end], span.kind) for span in finder.find([text])[0]]


@pytest.mark.parametrize("kind", spellings.SPELLINGS)
def test_every_spelling_of_a_kind_is_found_where_it_stands(kind: str) -> None:
    some = [one for one in spellings.examples(1500, seed=7) if one.kind == kind]
    spans = FINDER.find([one.text for one in some])
    lost = [
        one.text
        for one, here in zip(some, spans, strict=True)
        if not any(s.kind == kind and s.start <= one.start + 1 and s.end >= one.end for s in here)
    ]
    assert len(lost) <= 0.01 * len(some), lost[:5]


def test_nothing_is_found_beside_it() -> None:
    some = list(spellings.examples(1500, seed=8))
    extra = [
        (one.text, here)
        for one, here in zip(some, FINDER.find([one.text for one in some]), strict=True)
        if len(here) > 1
    ]
    assert len(extra) <= 0.01 * len(some), extra[:5]


def test_what_only_looks_like_it_stays() -> None:
    some = list(spellings.others(1000, seed=9))
    wrong = [
        (one.text, here)
        for one, here in zip(some, FINDER.find([one.text for one in some]), strict=True)
        if here
    ]
    assert len(wrong) <= 0.005 * len(some), wrong[:5]


@pytest.mark.parametrize(
    ("text", "said", "kind"),
    [
        ("it is o7700 9oo123 now", "o7700 9oo123", "phone"),
        ("07700 nine hundred 123", "07700 nine hundred 123", "phone"),
        ("call +49 171 1234567", "+49 171 1234567", "phone"),
        ("chat: https://wa.me/447700900123", "447700900123", "phone"),
        ("my number is 7700 900123", "7700 900123", "phone"),
        ("write bob [at] example dot com", "bob [at] example dot com", "email"),
        ("bob AT example DOT co DOT uk.", "bob AT example DOT co DOT uk", "email"),
        ("at sw1a 1aa since noon", "sw1a 1aa", "postcode"),
        ("paid with 4111 1111 1111 1111", "4111 1111 1111 1111", "card"),
        ("pay GB33 BUKB 2020 1555 5555 55", "GB33 BUKB 2020 1555 5555 55", "bank"),
        ("my NI is QQ 12 34 56 C", "QQ 12 34 56 C", "national-insurance"),
        ("DOB 1/2/80", "1/2/80", "birth"),
        ("I was born on 3 May 1971", "3 May 1971", "birth"),
        ("at 12 Acacia Road, Leeds now", "12 Acacia Road, Leeds", "address"),
        ("Flat 3, 12 acacia road please", "Flat 3, 12 acacia road", "address"),
        ("my name is Zoë Ćirić", "Zoë Ćirić", "name"),
        ("I'm Jane Doe, help", "Jane Doe", "name"),
        ("Mrs Patel at number 12 has none", "Patel", "name"),
        ("speak to my mum Rosa Diaz", "Rosa Diaz", "name"),
    ],
)
def test_each_kind_is_found_alone(text: str, said: str, kind: str) -> None:
    assert found(text) == [(said, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "sort code 12-34-56 acc 12345678",
        "12-34-56 / 12345678",
        "sort code 123456, account number 12345678",
        "account: 1234 5678, and the sort code is 12 34 56",
    ],
)
def test_bank_details_are_found_together_and_apart(text: str) -> None:
    assert [kind for _, kind in found(text)] == ["bank", "bank"]


@pytest.mark.parametrize(
    "text",
    [
        "my name is on the bill", "Dr Martens", "sorted, thanks! ^JAY", "Thanks Becky",
        "account 12-34-56 is a date", "a 5 minute drive", "2 way street", "24 hour road service",
        "my birthday is 3 May", "look at example.com", "0800 1111", "iPhone 5S 4GB", "A4 3GB",
        "IMEI 490154203237518",
        "490154203237518", "@user07700900123",
        "https://example.com/07700900123", "I'm British",
        "12345678", "12-34-56",
    ],
)  # fmt: skip
def test_what_names_nobody_stays(text: str) -> None:
    assert found(text) == []


def test_numbers_and_addresses_of_the_organisation_stay() -> None:
    own = Finder(published=["020 7946 0000", "+44 7700 900999", "Care@example.com"])
    text = "ring 02079460000 or 07700900999, write care@example.com"
    assert found(text, own) == []
    assert len(found(text)) == 3


def test_the_organisation_says_how_its_numbers_look() -> None:
    own = Finder([Pattern("NW-[0-9]{8}"), Pattern("(?i)ord [0-9]{5}")])
    assert found("NW-00000001 and ORD 12345", own) == [
        ("NW-00000001", "account"),
        ("ORD 12345", "account"),
    ]
    assert found("NW-00000001 and ORD 12345") == []


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        (Pattern("(["), "is no pattern"),
        (Pattern(r"(a)\1"), "is no pattern"),
        (Pattern(""), "1 to 300 characters"),
        (Pattern("a" * 301), "1 to 300 characters"),
        (Pattern("a", "religion"), "There is no kind 'religion'"),
    ],
)
def test_a_pattern_that_cannot_be_used_says_why(pattern: Pattern, why: str) -> None:
    with pytest.raises(BadPatternError, match=why):
        Finder([pattern])


def test_a_pattern_made_to_be_slow_is_not() -> None:
    own = Finder([Pattern("(a+)+$"), Pattern("(a|aa)*b")])
    started = time.monotonic()
    own.find(["a" * 100_000])
    assert time.monotonic() - started < 5


text_like = st.one_of(
    st.text(max_size=60),
    st.sampled_from(HOSTILE),
    st.sampled_from([one.text for one in spellings.examples(500, seed=3)]),
    st.lists(
        st.sampled_from(
            ["07700", "900123", "0", "44", "+", "oh", "double", "hundred", "12-34-56", "12345678",
             "bob", "@", "[at]", "example.com", "dot", "com", "sort code", "SW1A", "1AA",
             "4111", "1111", "my name is", "Jane", "12", "Acacia Road", "born on", "3 May 1971",
             "imei", "call me on", "[••• phone number]", "acc", "\n", "\u200b", "\x03"]
        ),
        max_size=12,
    ).map(" ".join),
)  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(st.lists(text_like, max_size=8))
def test_spans_are_sorted_apart_and_within_their_text(texts: list[str]) -> None:
    for text, spans in zip(texts, FINDER.find(texts), strict=True):
        at = 0
        for span in spans:
            assert at <= span.start < span.end <= len(text)
            assert span.kind in KINDS
            said = text[span.start : span.end]
            assert said == said.strip()
            at = span.end


@settings(deadline=None, max_examples=150)
@given(st.lists(text_like, max_size=8))
def test_a_text_is_read_alike_in_any_company_and_without_the_gate(texts: list[str]) -> None:
    together = FINDER.find(texts)
    assert together == [FINDER.find([text])[0] for text in texts]
    for text, spans in zip(texts, together, strict=True):
        folded = Folded([_without_markers(text)]).text(0)
        assert FINDER._closely(folded) == spans


@settings(deadline=None, max_examples=150)
@given(st.lists(text_like, max_size=8))
def test_masking_what_is_masked_changes_nothing(texts: list[str]) -> None:
    once = [text for text, _ in FINDER.masked(texts)]
    assert FINDER.masked(once) == [(text, ()) for text in once]


@pytest.mark.parametrize(
    "unit",
    ["0", "0 7 ", "1111 ", "oh ", "a@", "07700 900123 ", "12-34-56 ", "my name is Jo ", "Mr A ",
     "é", "12 A Road ", "GB33 "],
)  # fmt: skip
def test_a_very_long_text_takes_no_longer_than_its_length(unit: str) -> None:
    started = time.monotonic()
    spans = FINDER.find([unit * (40_000 // len(unit))])[0]
    assert time.monotonic() - started < 30
    assert all(isinstance(span, Span) for span in spans)


@pytest.mark.parametrize("text", ["call 800-428-4322", "call 1-800-428-4322", "ring 0345 600 0123"])
def test_a_helpline_stays_though_words_say_to_call_it(text: str) -> None:
    assert found(text) == []


def test_a_number_of_the_organisation_stays_though_words_say_to_call_it() -> None:
    assert found("ring 020 7946 0000", Finder(published=["02079460000"])) == []


@given(longest=st.integers(0, 60), before=st.text(alphabet="ab ", max_size=40))
def test_what_is_cut_leaves_no_half_of_a_number(longest: int, before: str) -> None:
    text = masked(f"{before} ring 07700 900123 today", longest)

    assert len(text) <= longest
    assert not any(letter.isdigit() for letter in text)
