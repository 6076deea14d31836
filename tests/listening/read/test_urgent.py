"""Danger to life is urgent in any voice; a figure of speech is not."""

from collections.abc import Callable, Sequence

import pytest

from rejoinder.listening.read import Reading, careful, fast

TIERS = pytest.mark.parametrize("tier", [fast, careful])
Tier = Callable[[Sequence[str]], list[Reading]]

DANGER = (
    "can't get through to the ambulance",
    "hubby's having chest pains and no bars",
    "stairlift phone is dead and mum is stuck halfway up",
    "baby monitor app down, baby stopped breathing last month",
    "lone worker device won't connect at the quarry",
    "power cut and landline is digital voice now, dad is on oxygen",
    "phone at the level crossing is dead, gates stuck up",
    "two of us stuck in the lift and the alarm button rings nowhere",
    "can't reach the coastguard from the beach, lad on a lilo drifting out",
    "my diabetic sensor alerts have stopped since your update",
    "our care home can't ring out, 40 residents",
    "school safeguarding line is down, child was due to call us",
    "cannae phone 999 fae the hoose, ma da's collapsed",
    "nan's fallen n her pendent aint workin wtf",
    "does 999 still work if the mast is down?",
    "Hausnotruf meiner Mutter tot seit gestern, sie ist 88",
    "kann keinen Notruf absetzen, mein Mann hat Brustschmerzen",
    "FUCKING USELESS, MY MUM IS ON THE FLOOR AND I CAN'T CALL ANYONE",
)
IN_PROGRESS = (
    "someone has just swapped my sim and is emptying my bank account",
    "I can see another customer's bill and address in my app",
)
FIGURES = (
    "I'm dying without wifi lol",
    "your adverts are literally killing me",
    "my battery is dead",
    "emergency: need memes",
    "this price is daylight robbery",
    "I'll die if this queue gets any longer",
    "nearly had a heart attack when I saw the bill",
    "how much is the 999 minutes plan?",
    "£999 for a phone, really?",
    "my alarm clock app didn't wake me",
    "this playlist is fire",
    "my mum will kill me when she sees the bill",
)
ORDINARY = (
    "charged twice for one coat, please help",
    "hours on hold to change my address, is anybody there",
    "you have stolen an hour of my life with this chatbot",
    "asked for the emergency exit row and got the seat by the toilets",
    "fire sale at the shoe shop today",
    "999 likes on my cake, thank you all",
    "our old laptop is dying, which one should we buy?",
    "can you unlock my phone, I want to use it abroad",
    "need a SIM swap, the old one does not fit the new phone",
    "the lift at the station is broken again, two flights of stairs with a pram",
    "my ex got the sofa, I got the cat",
    "der Kaffee dort ist zum Sterben gut",
    "Aufzug am Bahnhof seit Wochen kaputt",
)
ERRANDS = (
    "Is my daughter's upgrade on my bill or on hers?",
    "My wife's direct debit went out twice this month",
    "How do I move my son's number onto our plan?",
    "Die Karte meiner Tochter steht zweimal auf der Rechnung",
)
CARDS = {
    "I want to end it all": "self-harm",
    "he tracks my phone and hits me when I go out, how do I turn it off": "domestic-abuse",
    "my ex can see my location on your family plan and he found me": "domestic-abuse",
    "a man keeps following me home and he got my new number from your shop": "stalking",
    "I'm going to stab the next engineer who comes here": "threat",
}


@TIERS
@pytest.mark.parametrize("text", DANGER + IN_PROGRESS)
def test_danger_is_urgent_and_says_why(tier: Tier, text: str) -> None:
    (reading,) = tier([text])
    assert reading.need == "urgent"
    assert reading.why


def test_who_gave_a_code_away_is_urgent() -> None:
    (reading,) = careful(["I gave him the code and now money is leaving my account"])
    assert reading.need == "urgent"


@pytest.mark.parametrize("text", FIGURES)
def test_a_figure_of_speech_is_not(text: str) -> None:
    (reading,) = careful([text])
    assert reading.need != "urgent", reading


@pytest.mark.parametrize("text", ORDINARY)
def test_everyday_words_that_sound_alarming_are_not(text: str) -> None:
    (reading,) = careful([text])
    assert reading.need != "urgent", reading


@pytest.mark.parametrize("text", ERRANDS)
def test_a_relative_on_a_bill_is_an_errand(text: str) -> None:
    (reading,) = careful([text])
    assert (reading.need != "urgent", reading.safety) == (True, None), reading


@pytest.mark.parametrize(
    "text",
    [
        "My husband reads the bill and hits me for every number he doesn't know",
        "my wife's direct debit bounced, you cut her line off and the hospital can't ring her",
        "Mum just read her card number to a man who says she owes you for her bill",
    ],
)
def test_with_danger_beside_it_it_is_none(text: str) -> None:
    (reading,) = careful([text])
    assert reading.need == "urgent"


@pytest.mark.parametrize(("text", "kind"), CARDS.items())
def test_some_dangers_open_a_card(text: str, kind: str) -> None:
    (reading,) = careful([text])
    assert (reading.need, reading.safety) == ("urgent", kind)


def test_to_end_a_contract_is_no_danger() -> None:
    (reading,) = careful(["I want to end my contract"])
    assert reading.safety is None
    assert reading.need != "urgent"


def test_an_insult_does_not_take_the_request_away() -> None:
    (asked,) = careful(["You absolute morons, where's my refund"])
    assert (asked.need, asked.abuse) == ("specific", True)
    (bare,) = careful(["Morons. All of you."])
    assert (bare.need, bare.abuse) == ("abuse", True)


def test_a_swear_word_about_the_service_is_strong_and_no_insult() -> None:
    (reading,) = careful(["F***ing network's down again"])
    assert (reading.strong, reading.abuse) == (True, False)


def test_a_danger_cites_the_words_it_was_found_in() -> None:
    (reading,) = careful(["hubby's having chest pains and no bars"])
    assert [(because.code, because.words) for because in reading.why] == [("body", "chest pains")]
