"""The closed lists of a reading, and the reading itself."""

from typing import Literal, get_args

from msgspec import Struct

Sentiment = Literal["negative", "neutral", "positive"]
Intent = Literal[
    "outage",
    "coverage",
    "billing",
    "sales",
    "account",
    "device",
    "privacy",
    "complaint",
    "praise",
    "churn",
    "phishing",
    "not-us",
    "other",
]
Need = Literal["urgent", "specific", "common", "vent", "abuse", "none"]
Safety = Literal["self-harm", "threat", "domestic-abuse", "stalking"]
Tier = Literal["fast", "careful"]

SENTIMENTS: tuple[Sentiment, ...] = get_args(Sentiment)
INTENTS: tuple[Intent, ...] = get_args(Intent)
# Something does not work for somebody, or is wrong: what a surge of tells more than one of all.
PROBLEMS: tuple[Intent, ...] = ("outage", "coverage", "billing", "account", "device", "privacy")
NEEDS: tuple[Need, ...] = get_args(Need)  # in the order of the queue
SAFETY: tuple[Safety, ...] = get_args(Safety)


class Because(Struct, frozen=True):
    """One reason: a code of the closed list in `reasons.py`, and the words of the post it cites."""

    code: str
    words: str = ""


class Confidence(Struct, frozen=True):
    """How likely each part of a reading is right, 0…1; calibrated on posts it did not learn."""

    lang: float
    sentiment: float
    intent: float
    need: float


class Reading(Struct, frozen=True):
    """What was understood of one post. Nothing in it is about the person who wrote it.

    `calm` is what the need would be were it not urgent; `abuse` is contempt for people, `strong` a
    swear word, which may be about the service; `safety` asks for a card that a lead owns.
    `personal` are the kinds of personal data found.
    """

    lang: str
    sentiment: Sentiment
    intent: Intent
    need: Need
    calm: Need
    abuse: bool
    strong: bool
    sarcasm: bool
    safety: Safety | None
    personal: tuple[str, ...]
    confidence: Confidence
    why: tuple[Because, ...]
    tier: Tier
