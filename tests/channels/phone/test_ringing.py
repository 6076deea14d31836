"""One call after any events in any order: recorded only when told so, and over once."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.channels.phone import ringing
from rejoinder.channels.phone.ringing import Event, Line, Playback, Recording, Ring

RING = Ring("1.1", "somebody", datetime(2026, 3, 2, 9, tzinfo=UTC))
PLAYED = Event("PlaybackFinished", playback=Playback("rejoinder-x", "done"))

events = st.lists(
    st.one_of(
        st.just(PLAYED),
        st.just(Event("PlaybackFinished", playback=Playback("rejoinder-x", "failed"))),
        st.just(Event("RecordingFailed", recording=Recording("rejoinder-x"))),
        st.sampled_from(["StasisEnd", "ChannelDestroyed"]).map(
            lambda kind: Event(kind, channel=Line("1.1"))
        ),
        st.none() | st.integers(-5, 500),
        st.text(max_size=20).map(Event),
    ).map(
        lambda found: (
            found
            if isinstance(found, Event)
            else Event("RecordingFinished", recording=Recording("rejoinder-x", found))
        )
    ),
    max_size=12,
)


@given(events)
def test_a_call_is_recorded_once_and_only_after_the_words_were_played(told: list[Event]) -> None:
    ring, steps, heard = RING, list[str](), False
    for event in told:
        before = ring
        ring, step = ringing.step(ring, event)
        heard = heard or event == PLAYED
        if step == "record":
            assert heard
            assert before.stage == "consent"
        if step is None:
            assert ring == before
        steps += [step] if step else []
        assert ring.seconds is None or ring.seconds >= 0
        assert not ring.seconds or heard
    assert steps.count("record") <= 1
    assert steps.count("tell") + steps.count("look") <= 1


@given(st.binary(max_size=200))
def test_whatever_an_exchange_says_is_an_event_or_none(said: bytes) -> None:
    line, reference = ringing.concerns(ringing.read(said))
    assert not (line and reference)


@given(st.text(max_size=100))
def test_a_number_has_digits_or_is_none(told: str) -> None:
    found = ringing.number(told)
    assert found == "" or any(letter.isdigit() for letter in found)
    assert len(found) <= ringing.LONGEST_NUMBER
