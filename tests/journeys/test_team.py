"""Twenty advisors on one queue of five thousand: nobody answers twice, and no word is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.desk import Desk, open_desk
from tests.journeys.advisors import TEAM, sit

pytestmark = pytest.mark.real

ANSWERS = 10
WAITING = 5000


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as opened:
        yield opened


def test_twenty_advisors_on_one_queue(desk: Desk) -> None:
    talks: list[str] = desk.do("crowd", number=WAITING)
    *advisors, lead = sit(desk, ANSWERS, talks)

    meant = {talk: words for each in (*advisors, lead) for talk, words in each.answered.items()}
    written = {talk: text for talk, _, text in desk.do("written")}
    assert len(desk.do("written")) == len(written) == len(meant), "somebody was answered twice"
    assert written == meant
    assert not {text for each in advisors for text in each.intruded.values()} & set(
        written.values()
    )

    kept = {(talk, name): text for talk, name, text in desk.do("drafts") if text}
    left = {(talk, each.name): words for each in advisors for talk, words in each.left.items()}
    assert left.items() <= kept.items(), "words were lost"
    assert len(lead.answered) == TEAM

    # Need first, then age; of two who press at once either may be the first.
    place = {talk: at for at, talk in enumerate(talks)}
    taken = desk.do("taken")
    assert len(taken) == TEAM * ANSWERS
    assert all(abs(place[talk] - at) < TEAM for at, talk in enumerate(taken))
