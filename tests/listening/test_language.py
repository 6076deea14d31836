"""In which language a post is written: by its words, whatever else stands in it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.listening.language import UNKNOWN, languages, worded


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("There has been no signal in our village since Tuesday", "en"),
        ("Seit gestern Abend kein Netz im ganzen Dorf, was ist da los?", "de"),
        ("Toujours pas de réseau chez nous depuis hier soir", "fr"),
        ("Nie mam zasięgu od wczoraj, kiedy to naprawicie?", "pl"),
        ("Does dim signal yn y pentref ers dydd Mawrth, beth sy'n digwydd?", "cy"),
        ("Níl aon chomhartha againn sa bhaile ó mhaidin, cad atá cearr?", "ga"),
        ("Det er ikke dekning her i bygda siden i går kveld", "nb"),
        ("どうして電波がないのですか", "ja"),
        ("Почему нет связи со вчерашнего дня?", "ru"),
    ],
)
def test_a_sentence_is_known(text: str, code: str) -> None:
    ((found, sure),) = languages([f"@northtel {text} 😡 https://example.com/x #down"])
    assert found == code
    assert sure > 0.5


def test_a_few_words_of_slang_are_taken_for_the_expected_language() -> None:
    slang = ["lol", "ty", "meh", "pls fix", "omg ffs", "cheers m8", "soz hun", "nope", "u ok hun"]
    assert [code for code, _ in languages(slang)] == ["en"] * len(slang)


def test_what_the_platform_declares_decides_between_languages_that_fit() -> None:
    assert languages(["Data"], hints=["ro"])[0][0] == "ro"
    assert languages(["Data"], hints=[None])[0][0] == "en"
    whole = "There has been no signal in our village since Tuesday"
    assert languages([whole], hints=["de"])[0][0] == "en"


@pytest.mark.parametrize("text", ["", "  ", "😡😡", "@tom https://example.com", "12345 !!", "\0"])
def test_where_no_word_stands_nothing_is_claimed(text: str) -> None:
    assert languages([text]) == [(UNKNOWN, 0.0)]


@settings(deadline=None)
@given(st.lists(st.text(st.characters(), max_size=80), max_size=6))
def test_any_text_has_an_answer_of_its_own(texts: list[str]) -> None:
    found = languages(texts)
    assert found == [languages([text])[0] for text in texts]
    assert all(0 <= sure <= 1 and 2 <= len(code) <= 3 for code, sure in found)


def test_huge_and_hostile_texts_are_cut() -> None:
    hostile = ["x" * 10_000_000, "@" * 100_000, "\ud800 no signal", "a " * 1_000_000, "&" * 99_999]
    assert len(languages(hostile)) == len(hostile)
    assert all(len(worded(text)) <= 300 for text in hostile)


def test_threads_may_share_it() -> None:
    texts = ["no signal in our village", "kein Netz im Dorf heute"] * 50
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(languages, [texts] * 8))
    assert all(each == found[0] for each in found)
