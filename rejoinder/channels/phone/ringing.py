"""A call at an exchange, from one event of Asterisk's REST interface to what is done next. Pure.

A caller hears that they are recorded, then leaves a message: nothing is recorded before the words
about it were played to their end. An event that comes twice, too late or out of turn changes
nothing. https://docs.asterisk.org/Latest_API/API_Documentation/Asterisk_REST_Interface/
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import msgspec
from msgspec.structs import replace

from rejoinder.channels import lenient
from rejoinder.channels.contract import Contact, Media, Post

PREFIX = "rejoinder-"  # of the names of our recordings there
LONGEST_NUMBER = 40

Stage = Literal["consent", "recording", "ended"]
Step = Literal["record", "hang up", "look", "tell"]


class Caller(msgspec.Struct, frozen=True):
    """Who the exchange says is calling; empty where a number is withheld."""

    number: str = ""


class Line(msgspec.Struct, frozen=True):
    """One side of a call, which Asterisk calls a channel."""

    id: str = ""
    caller: Caller = Caller()


class Playback(msgspec.Struct, frozen=True):
    """A sound that is played to one line."""

    id: str = ""
    state: str = ""


class Recording(msgspec.Struct, frozen=True):
    """What was recorded; `duration` is in seconds."""

    name: str = ""
    duration: int | None = None


class Event(msgspec.Struct, frozen=True):
    """What is read of an event; what else it has is passed over."""

    type: str = ""
    args: list[str] = []
    channel: Line | None = None
    playback: Playback | None = None
    recording: Recording | None = None
    cause: int = 0


class Ring(msgspec.Struct, frozen=True, omit_defaults=True):
    """A call that is not over: its line, who it is by, and how far it is.

    `author` stands for the person; the number is not here, for this is kept in the open. `seconds`
    are those of the message, None until they are told.
    """

    line: str
    author: str
    at: datetime
    stage: Stage = "consent"
    seconds: int | None = None


Rings = Mapping[str, Ring]  # by the reference of each call


def read(line: bytes) -> Event:
    """One message of the exchange; one that cannot be read is an event of no kind."""
    try:
        return lenient.decode(line, Event)
    except lenient.UnreadableError:
        return Event()


def concerns(event: Event) -> tuple[str, str]:
    """The line and the reference that an event names; one of them may be empty."""
    if event.channel:
        return event.channel.id, ""
    if event.playback:
        return "", _reference(event.playback.id)
    return "", _reference(event.recording.name) if event.recording else ""


def step(ring: Ring, event: Event) -> tuple[Ring, Step | None]:
    """A call after an event that concerns it, and what is to be done."""
    over = replace(ring, stage="ended", seconds=0)
    match event.type, ring.stage:
        case "PlaybackFinished", "consent" if event.playback and event.playback.state == "done":
            return replace(ring, stage="recording"), "record"
        case ("PlaybackFinished", "consent") | ("RecordingFailed", "recording"):
            return over, "hang up"  # nobody is recorded who was not told
        case "RecordingFinished", "recording" | "ended" if event.recording and ring.seconds is None:
            seconds = max(0, event.recording.duration or 0)
            return replace(over, seconds=seconds), "hang up"
        case "StasisEnd" | "ChannelDestroyed", "recording":
            # The end of a recording is told apart, before that of the line or after it.
            return replace(ring, stage="ended"), "look"
        case "StasisEnd" | "ChannelDestroyed", "consent":
            return over, "tell"
    return ring, None


def number(told: str) -> str:
    """The number of a caller; empty where what is told is none."""
    plain = "".join(letter for letter in told if letter in "+0123456789")
    return plain[:LONGEST_NUMBER] if any(letter.isdigit() for letter in plain) else ""


def came(reference: str, ring: Ring, told: str, page: str) -> Post:
    """The mention of a call that begins; `told` is the number, which stands in `contacts` alone."""
    return Post(
        external_id=reference,
        author_id=ring.author,
        handle=ring.author[:14],
        text="A call has come in.",
        created_at=ring.at,
        public=False,
        url=page,
        contacts=(Contact("phone", told),) if told else (),
        ref={"kind": "call"},
    )


def ended(reference: str, ring: Ring, page: str, *, recorded: bool) -> Post:
    """What it says once it is over: that there is a message, and how long it is where known.

    The message is at the exchange, by the name of PREFIX and the reference.
    """
    minutes, seconds = divmod(ring.seconds or 0, 60)
    length = f", {minutes}:{seconds:02}" if ring.seconds else ""
    words = f"Voicemail{length}." if recorded else "A call without a message."
    spoken = (Media("audio", "", f"{minutes}:{seconds:02}" if ring.seconds else ""),)
    media = spoken if recorded else ()
    return replace(came(reference, ring, "", page), kind="edit", text=words, media=media)


def _reference(name: str) -> str:
    return name.removeprefix(PREFIX) if name.startswith(PREFIX) else ""
