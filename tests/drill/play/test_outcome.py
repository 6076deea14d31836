"""What came of a played day is read from the desk's own rows, and scored like any drilled day."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from rejoinder.channels.models import Account
from rejoinder.desk import take, write
from rejoinder.drill.play.diary import Diary, Line
from rejoinder.drill.play.finish import beside, finish, until
from rejoinder.drill.play.outcome import outcome
from rejoinder.drill.play.setting import Setting
from rejoinder.drill.policies.named import POLICIES
from rejoinder.drill.report.again import again
from rejoinder.drill.run import run
from rejoinder.drill.world import HOUR_S, Surge, World
from rejoinder.listening.models import Conversation
from rejoinder.outbox.models import Reply, State
from rejoinder.plumbing import clock
from tests import people
from tests.web import stage

pytestmark = pytest.mark.django_db
MIDNIGHT = datetime(2012, 1, 25, tzinfo=UTC)
SMALL = replace(World(), usual=100.0, surges=(Surge(shape="incident", begins_h=7.5, mentions=100),))
SETTING = Setting(world=SMALL, seed=2, begins=MIDNIGHT.timestamp(), from_h=7, opens_h=7, until_h=12)


def account() -> Account:
    return stage.account("northwindmobile", "pretend")


def says(diary: Diary, mention: int) -> str:
    """A mention of the day is heard, as its need."""
    at = float(SETTING.day().at[mention])
    with clock.standing(MIDNIGHT + timedelta(seconds=at)):
        talk = stage.says(f"P{mention}", "is it fixed", minutes_ago=0, channel="pretend")
    Conversation.objects.filter(pk=talk.pk).update(account=account())
    diary.write(Line(at, mention, "said", talk.thread))
    return talk.thread


def is_answered(thread: str, after: float) -> None:
    talk = Conversation.objects.get(thread=thread)
    begun = talk.waiting_since
    assert begun
    with clock.standing(begun + timedelta(seconds=after)):
        take.take(talk, people.alice())
        reply = write.answer(talk, people.alice(), "It is fixed.")
        clock.turn(timedelta(seconds=30))
        Reply.objects.filter(pk=reply.pk).update(state=State.SENT, sent_at=clock.now())


def test_replies_help_who_still_waited(tmp_path: Path) -> None:
    diary, x = Diary(tmp_path), SMALL.places()["x"]
    day = SETTING.day()
    first, second = [n for n in range(len(day)) if day.channel[n] == x and day.need[n] < 3][:2]
    soon, late = says(diary, first), says(diary, second)
    is_answered(soon, 60)
    diary.write(Line(float(day.at[second]) + 100, second, "gave-up"))
    is_answered(late, 3000)

    found = outcome(SETTING, diary, [(MIDNIGHT.timestamp() + 9 * HOUR_S, "northwindmobile")])

    assert found.policy == "manual"
    assert found.score.answered_1h == 1
    assert found.score.posts == 2
    assert found.score.over_limit == 1
    done = [(one.mention, one.do) for one in found.decisions]
    assert sorted(done, key=str) == sorted(
        [(first, "answer"), (second, "answer"), (second, "close")], key=str
    )
    assert again(msgspec.json.encode(found)) == found


def test_both_files_are_written_when_it_is_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rejoinder.drill.play.finish.config", lambda: _Config(tmp_path))
    said: list[str] = []

    found = finish(SETTING, Diary(tmp_path), [], said.append)

    assert said
    assert found.score.answered_1h == 0
    assert again((tmp_path / "drill-result.json").read_bytes()) == found
    page = (tmp_path / "drill-report.html").read_text()
    assert page.startswith("<!doctype html>")


def test_beside_it_nothing_counts_that_came_later() -> None:
    theirs = beside(SETTING)
    assert max(post.at for post in theirs.posts) <= 12 * HOUR_S
    assert theirs.score.answered_1h > 0

    day = SETTING.day()
    played = run(SMALL, day, POLICIES["fcfs"]())
    cut = until(played, 10 * HOUR_S)
    assert (cut.by != 0).sum() < (played.by != 0).sum()


class _Config:
    def __init__(self, data: Path) -> None:
        self.data = data
