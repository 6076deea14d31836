"""The careful reader: neediest first, newest of those; it learns from what advisors say."""

from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import numpy as np
import pytest
from django.db import connection

from rejoinder.listening import correct, questions
from rejoinder.listening.careful.reader import Reader, run
from rejoinder.listening.embedding.embed import embed
from rejoinder.listening.learn.fit import fit
from rejoinder.listening.models import (
    Conversation,
    Likeness,
    Mention,
    Need,
    Question,
    ReadWith,
    SafetyCard,
)
from rejoinder.plumbing import clock
from tests.listening.learn.made_up import labels
from tests.people import alice
from tests.scene import last, wrote

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def heard(name: str, text: str, need: Need = Need.COMMON, **more: object) -> Conversation:
    """Somebody wrote, and it was read at a glance."""
    talk = wrote(name, text, need=need, **more)  # type: ignore[arg-type]  # passed on
    Mention.objects.filter(pk=talk.last_mention_id or 0).update(read_with=ReadWith.FAST, need=need)
    return talk


def test_what_a_glance_missed_is_found(folder: Path) -> None:
    talk = heard("Tom", "dialled 999 for my dad and it just beeped, he is not breathing right")
    assert Reader(folder).read_more() == 1
    talk.refresh_from_db()
    mention = last(talk)
    assert (mention.read_with, mention.need, talk.need) == (
        ReadWith.CAREFUL,
        Need.URGENT,
        Need.URGENT,
    )
    assert (mention.reading or {})["why"]


def test_the_neediest_and_of_those_the_newest_come_first(folder: Path) -> None:
    first = heard("Tom", "is it down in Leeds?")
    second = heard("Tina", "is it down in York?")
    urgent = heard("Rosa", "cannot reach 999", Need.URGENT)
    reader = Reader(folder)
    order = []
    for _ in range(3):
        reader.read_more(many=1)
        read = Mention.objects.filter(read_with=ReadWith.CAREFUL)
        order.append(set(read.values_list("conversation_id", flat=True)))
    assert order == [
        {urgent.pk},
        {urgent.pk, second.pk},
        {urgent.pk, second.pk, first.pk},
    ]
    assert reader.read_more() == 0


def test_what_is_too_late_stays_as_it_was(folder: Path) -> None:
    talk = heard("Tom", "dialled 999 and it just beeped")
    Mention.objects.update(heard_at=clock.now() - timedelta(days=2))
    assert Reader(folder).read_more() == 1
    assert last(talk).read_with == ReadWith.LATE
    assert Reader(folder).read_more() == 0


def test_danger_that_comes_too_late_for_care_opens_its_card_all_the_same(folder: Path) -> None:
    heard("Tina", "he follows me everywhere with your app")
    Mention.objects.update(
        heard_at=clock.now() - timedelta(days=2), reading={"safety": "stalking", "why": []}
    )
    Reader(folder).read_more()
    assert SafetyCard.objects.get().kind == "stalking"


def test_whoever_corrected_or_deleted_meanwhile_knew_better(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corrected = last(heard("Tom", "dialled 999 for my dad and it just beeped"))
    deleted = last(heard("Tina", "my ex put a tracker on my phone and follows me everywhere"))
    untouched = last(heard("Rosa", "is it down in Leeds?"))

    def meanwhile(texts: list[str]) -> object:
        correct.correct(corrected, alice(), "need", "none")
        Mention.objects.filter(pk=deleted.pk).update(
            text="", need=None, reading=None, read_with=ReadWith.NOTHING
        )
        return embed(texts)

    reader = Reader(folder)
    monkeypatch.setattr("rejoinder.listening.careful.reader.embed", meanwhile)
    assert reader.read_more() == 3
    for mention in (corrected, deleted, untouched):
        mention.refresh_from_db()
    assert (corrected.need, corrected.read_with) == (Need.NONE, ReadWith.ADVISOR)
    assert (deleted.need, deleted.reading, deleted.read_with) == (None, None, ReadWith.NOTHING)
    assert untouched.read_with == ReadWith.CAREFUL
    assert not SafetyCard.objects.exists()


def test_danger_opens_a_card(folder: Path) -> None:
    heard("Tina", "my ex put a tracker on my phone and follows me everywhere, I am scared")
    Reader(folder).read_more()
    assert SafetyCard.objects.count() == 1


def test_a_correction_changes_a_later_reading(folder: Path) -> None:
    text = "the colour of the new letters is too pale to read again"
    heard("Tom", text)
    reader = Reader(folder)
    reader.read_more()
    before = Mention.objects.get()
    assert before.need != Need.SPECIFIC or before.intent != "device"
    correct.correct(before, alice(), "need", "specific")
    correct.correct(before, alice(), "intent", "device")
    later = heard("Tina", text.replace("again", "once more"))
    reader.read_more()
    mention = last(later)
    assert (mention.need, mention.intent) == (Need.SPECIFIC, "device")
    assert (mention.reading or {})["why"][0][0] == "corrected"
    again = Reader(folder)  # and after a restart
    third = heard("Rosa", text)
    again.read_more()
    assert last(third).need == Need.SPECIFIC


ASKED = [
    "when will the signal be back in Leeds?",
    "any idea when signal is back in Leeds",
    "when is the signal coming back in leeds please",
    "is the signal back in Leeds yet? when?",
    "when do we get signal back in Leeds",
    "signal in Leeds, when will it be back?",
    "how long until signal is back in Leeds?",
    "when's the signal back, Leeds here",
]


def test_many_who_ask_the_same_are_proposed_and_named_once(folder: Path) -> None:
    for number, text in enumerate(ASKED):
        heard(f"Tom{number}", text)
    reader = Reader(folder)
    reader.read_more()
    (proposed,) = questions.proposed(alice())
    assert proposed.people >= questions.PEOPLE_AT_LEAST
    questions.name(proposed, alice(), "Signal in Leeds")
    later = heard("Rosa", "when will signal be back in Leeds??")
    reader.read_more()
    assert not Question.objects.filter(
        pk=last(later).question_id or 0, provisional=proposed.provisional, name=""
    ).exists()
    reader.save()
    rated = Likeness.objects.get()
    assert (rated.posts, rated.day) == (9, clock.now().date())
    assert np.load(next((folder / "alike").glob("*.npz")))  # no pickle


def test_a_memory_that_cannot_be_read_is_put_aside(folder: Path) -> None:
    Reader(folder).save()
    for file in (folder / "alike").iterdir():
        file.write_bytes(b"rubbish")
    heard("Tom", "is it down in Leeds?")
    assert Reader(folder).read_more() == 1
    assert list(folder.glob("alike-*"))


@pytest.mark.django_db(transaction=True)
def test_it_runs_until_told_to_stop(folder: Path) -> None:
    talk = heard("Tom", "is it down in Leeds?")
    stop = Event()

    def read() -> None:
        run(stop, folder)
        connection.close()

    thread = Thread(target=read)
    thread.start()
    for _ in range(300):
        if last(talk).read_with == ReadWith.CAREFUL or stop.wait(0.1):
            break
    stop.set()
    thread.join(timeout=30)
    assert last(talk).read_with == ReadWith.CAREFUL
    assert (folder / "alike").exists()


def test_what_the_organisation_taught_stands_beside(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    reader = Reader(folder)
    before = heard("Tom", "no signal at all in Leeds")
    reader.read_more()
    assert "own" not in (last(before).reading or {})
    fit(folder / "own", "topic", labels(120))
    after = heard("Tina", "no signal at all in York")
    reader.read_more()
    assert (last(after).reading or {})["own"]["topic"][0] == "signal"
    next((folder / "own").iterdir()).write_bytes(b"rubbish")
    still = heard("Rosa", "no signal at all in Hull")
    reader.read_more()
    assert "train it again" in caplog.text
    assert (last(still).reading or {})["own"]["topic"][0] == "signal"
