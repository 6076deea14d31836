"""Tone hints: what is said about a reply, what is left alone, and what is suggested."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.desk.tone import Hint, Kind, Spoken, better, hints
from rejoinder.desk.tone.reading import lix


def heard(text: str, **known: object) -> tuple[Hint, ...]:
    return hints([Spoken(text, **known)])[0]  # type: ignore[arg-type]  # a test names fields


def kinds(text: str, **known: object) -> list[Kind]:
    return [one.kind for one in heard(text, **known)]


@pytest.mark.parametrize(
    ("text", "known", "kind"),
    [
        ("Takes one to know one.", {}, Kind.ABUSE_BACK),
        ("Selber Depp.", {}, Kind.ABUSE_BACK),
        ("Relax, it is only a phone.", {"urgent": True}, Kind.GLIB),
        ("Oh well 😂", {"said": ["my baby is ill and the line is dead"]}, Kind.GLIB),
        ("Simply hold the button.", {"urgent": True}, Kind.GLIB),
        ("You should have read the contract.", {}, Kind.BLAME),
        ("We charged you twice by mistake.", {}, Kind.APOLOGY),
        ("We will get back to you.", {}, Kind.PROMISE),
        ("Wir melden uns bei Ihnen.", {}, Kind.PROMISE),
        ("Check out our new phones!", {"trouble": True}, Kind.LINK),
        ("The DSLAM near you is down.", {}, Kind.JARGON),
    ],
)
def test_what_may_be_said_better(text: str, known: dict[str, object], kind: Kind) -> None:
    assert kind in kinds(text, **known)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Enjoy the match, haha!", {"said": ["lovely new shop"]}),
        ("Simply hold the button.", {}),
        ("You should have got a text from us by now.", {}),
        ("We charged you twice by mistake, and we are sorry.", {}),
        ("We will get back to you before five.", {}),
        ("Please send us a message and we will look into it.", {}),
        ("Check out our new phones!", {}),
        ("Your DNS is set to ours.", {"said": ["which dns do I use"]}),
    ],
)
def test_what_is_left_alone(text: str, known: dict[str, object]) -> None:
    assert kinds(text, **known) == []


def test_the_same_again_is_noticed_but_short_words_may_come_again() -> None:
    before = ["We are on it, an engineer is at the mast."]
    assert kinds("We are on it; an engineer is at the mast!", earlier=before) == [Kind.AGAIN]
    assert kinds("We are on it.", earlier=["We are on it."]) == []


def test_a_crisis_asks_for_plain_words_and_a_careful_one_for_none_on_the_cause() -> None:
    joke, cause = "Oh well, back soon.", "It was caused by a digger."
    assert kinds(joke) == []
    assert kinds(joke, tone="plain") == [Kind.GLIB]
    assert kinds("Check out our new phones!", tone="plain") == [Kind.OFFER]
    assert kinds(cause, tone="plain") == []
    assert kinds(cause, tone="careful") == [Kind.CAUSE]


def test_what_is_suggested_can_be_put_in_place() -> None:
    def first(text: str, **known: object) -> str:
        return better(text, heard(text, **known)[0])

    assert first("Tom, simply hold the button.", urgent=True) == "Tom, hold the button."
    assert first("Simply hold it.", urgent=True) == "Hold it."
    assert first("Its IMSI is new.") == "Its SIM is new."
    assert first("We charged you twice.") == "We are sorry. We charged you twice."
    assert first("Bye then. Your bill is closed.", said=["I am leaving"]) == (
        "Don't break up with us yet: how can we patch things up? Your bill is closed."
    )
    assert first("Wir haben Sie doppelt belastet.") == (
        "Das tut uns leid. Wir haben Sie doppelt belastet."
    )


def test_long_words_in_long_sentences_are_hard_and_short_texts_have_no_level() -> None:
    hard = (
        "Reimbursement eligibility remains contingent upon verification of documentation "
        "substantiating irregularities within stipulated administrative timeframes "
        "applicable to your circumstances."
    )
    assert lix("Reimbursement eligibility.") == 0
    assert kinds(hard) == [Kind.HARD]
    assert (
        lix("We have your line on a new card now, and it is up. Is it good? Tell us, please.") < 30
    )


@given(st.text(), st.lists(st.text(), max_size=2), st.booleans())
def test_whatever_is_written_hints_have_a_place_and_are_few(
    text: str, said: list[str], trouble: bool
) -> None:
    found = heard(text, said=said, earlier=said, urgent=trouble, tone="careful")
    assert len(found) <= 3
    assert all(0 <= one.start <= one.end <= len(text) for one in found)
    assert len({one.kind for one in found}) == len(found)
    for one in found:
        better(text, one)


@pytest.mark.parametrize("text", ["", "\0", "\ud800" * 9, "a." * 9_999, "www." * 9_999])
def test_bad_input_is_only_read(text: str) -> None:
    heard(text, said=[text], earlier=[text])


def test_a_batch_is_what_its_parts_are() -> None:
    spoken = [Spoken("Grow up."), Spoken("On it."), Spoken("We forgot you.")]
    assert hints(spoken) == [hints([one])[0] for one in spoken]
