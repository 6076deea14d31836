"""What the plan is told of a desk as it is."""

from collections.abc import Iterator

import pytest

from rejoinder.answers import actions
from rejoinder.channels.contract import Limit
from rejoinder.desk.models import PlanSettings
from rejoinder.desk.plan.gather import gather
from tests import people, scene
from tests.answers.newsroom import asks, opened, published, question

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture(autouse=True)
def network() -> Iterator[type[scene.Notebook]]:
    with scene.networks(Limit(name="hour", cap=5, window=3600)) as found:
        yield found


def answered() -> list[bool]:
    return list(gather(PlanSettings()).situation.waiting.answered)


def test_it_knows_whose_question_has_a_public_answer() -> None:
    asks("Tom", question())
    asks("Tina", question("When will you pay?"))
    scene.wrote("Rosa", "hello")
    assert answered() == [False, False, False]

    answer = opened("No signal", question())
    assert answered() == [False, False, False]
    published(answer)
    assert answered() == [True, False, False]

    actions.withdraw(answer, people.dan(), "A mistake.")
    assert answered() == [False, False, False]
