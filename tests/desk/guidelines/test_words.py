"""What is kept of a rule, and what brings it to mind in a reply."""

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.desk.guidelines import starters
from rejoinder.desk.guidelines.words import CUES, Words, cues, fit
from rejoinder.desk.tone import Hint, Kind, Rule, Spoken, better, hints

WORDS = st.builds(Words, *[st.text(max_size=200)] * 6)
LETTERS = st.text(st.characters(categories=["L"]), min_size=1, max_size=12)


def heard(text: str, *rules: Rule) -> list[Hint]:
    return [one for one in hints([Spoken(text, rules=rules)])[0] if one.kind == Kind.OWN]


@given(WORDS)
def test_fitting_twice_changes_nothing_more(words: Words) -> None:
    assert fit(fit(words)) == fit(words)


@given(st.text(max_size=3000))
def test_cues_are_few_different_and_have_letters(typed: str) -> None:
    found = cues(typed)
    assert len(found) <= CUES
    assert len({each.casefold() for each in found}) == len(found)
    assert all(any(map(str.isalnum, each)) for each in found)


@given(LETTERS, st.text(max_size=40), st.text(max_size=40))
def test_a_cue_is_cited_as_it_stands_in_any_script(cue: str, before: str, after: str) -> None:
    text = f"{before} {cue} {after}"
    found = heard(text, Rule("Ours", (cue,)))
    assert [one.title for one in found] == ["Ours"]
    assert text[found[0].start : found[0].end] == found[0].words


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_cue_is_an_expression(cue: str, text: str) -> None:
    for one in heard(text, Rule("Ours", (cue, ".*"))):
        assert (
            one.words.casefold() == " ".join(cue.split()).casefold()
            or one.words == ".*"
            or (one.words.split() == cue.split() or one.words.lower() == cue.lower())
        )


def test_only_whole_words_count() -> None:
    rule = Rule("No jargon of ours", ("cell",), "mast")
    assert heard("We cancelled it, the cellar is dry.", rule) == []
    found = heard("The Cell near you is down.", rule)
    assert [(one.words, one.instead) for one in found] == [("Cell", "mast")]
    assert better("The Cell near you is down.", found[0]) == "The mast near you is down."


def test_the_starters_are_fit_and_poor_examples_bring_their_own_rule_to_mind() -> None:
    for language in ("en-gb", "de"):
        rules = starters.of(language)
        assert len(rules) == 5
        for words in rules:
            assert fit(words).title == words.title
            if words.poor and words.cues:
                assert heard(words.poor, Rule(words.title, tuple(cues(words.cues))))
            assert not words.good or not heard(
                words.good, Rule(words.title, tuple(cues(words.cues)))
            )
