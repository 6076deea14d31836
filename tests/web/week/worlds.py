"""The days of the week as worlds of a drill: a usual one, and the one on which it comes out."""

from rejoinder.drill.world import ByNeed, Channel, Question, Surge, World

PLAN, IN_TURN = (
    "bid-price",
    "fcfs",
)  # who plays the crisis, and who plays a day on which there is room
BREAKS_H = 7.5  # the hour of the crisis's day in which people hear of it
ASKED = 6  # questions that many ask on that day, the n-th half an hour after the one before
CHANNELS = (
    Channel(name="x", share=0.62),
    Channel(name="facebook", share=0.20),
    Channel(name="wordpress", share=0.10),
    Channel(name="phone", share=0.08),
)
# On a usual day everybody asks something of their own.
USUAL = World(
    name="usual",
    usual=70.0,
    surges=(),
    channels=CHANNELS,
    questions=(),
    need_share=ByNeed(urgent=0.01, specific=0.62, common=0.0, vent=0.22, abuse=0.03, none=0.12),
)
CRISIS = World(
    name="crisis",
    usual=70.0,
    surges=(
        Surge(shape="incident", begins_h=BREAKS_H, mentions=900.0),
        Surge(shape="news", begins_h=18.0, mentions=150.0),
    ),
    channels=CHANNELS,
    questions=tuple(
        Question(begins_h=BREAKS_H + at / 2, weight=1 / (1 + at)) for at in range(ASKED)
    ),
)
# On the day after some still ask what was answered.
AFTER = World(
    name="after",
    usual=160.0,
    surges=(),
    channels=CHANNELS,
    questions=tuple(Question(begins_h=0, weight=1 / (1 + at)) for at in range(ASKED)),
)
