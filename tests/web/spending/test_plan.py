"""The page of the plan: what is left, what each course comes to, and what a lead may set."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.budget import actions as budget
from rejoinder.budget import correct, forecast
from rejoinder.budget.models import LimitRule
from rejoinder.channels.contract import Limit
from rejoinder.desk.plan import ahead, money, settings
from rejoinder.desk.plan.keep_back import Planner
from rejoinder.listening import questions
from rejoinder.listening.models import Mention, Need
from rejoinder.listening.questions import Asked
from rejoinder.plumbing import clock
from rejoinder.team.access import NotAllowedError
from rejoinder.team.models import AuditLine
from tests import people, scene
from tests.web.pages import notices, source, text

TEN = Limit(name="day", cap=10, window=86_400)
PURSE = Limit(name="purse", cap=4, window=86_400, unit="dollars", cost=0.1, all_clients=False)


@pytest.fixture(autouse=True)
def network(monday: datetime) -> Iterator[None]:
    with scene.networks(TEN):
        yield


@pytest.fixture
def scarce(db: None) -> None:
    """Forty wait on an account that may send ten replies a day."""
    for number in range(40):
        need = (Need.URGENT, Need.SPECIFIC, Need.COMMON, Need.VENT)[number % 4]
        talk = scene.wrote(f"Tom{number}", "hello", need=need, ago=timedelta(minutes=number))
        Mention.objects.filter(pk=talk.last_mention_id or 0).update(need=need)
    Planner().run()


FORM = {"on": "yes", "reserve": "2", "askers": "20", "mode": "strict", "advisors": "8-21 3"}


@pytest.mark.django_db
def test_a_desk_without_limits_says_so(alice: Client) -> None:
    assert "No account has a limit that could run out today." in text(alice.get(reverse("plan")))


@pytest.mark.usefixtures("scarce")
def test_the_page_says_when_it_runs_out_and_what_each_course_reaches(dan: Client) -> None:
    page = dan.get(reverse("plan"))
    assert "Scarce replies are kept for those who need them most." in text(page)
    assert "10 of 10 replies left" in text(page)
    assert "Answer everybody in turn" in text(page)
    assert "Runs out at" in text(page)
    assert "Kept for people in greater need" in text(page) or "Kept for urgent" in text(page)
    assert 'class="forecast forecast-plan"' in source(page)
    assert "style=" not in source(page)


@pytest.mark.usefixtures("scarce")
def test_an_advisor_reads_it_and_changes_nothing(alice: Client) -> None:
    page = alice.get(reverse("plan"))
    assert "Leads and owners set this." in text(page)
    assert "Change to this course" not in text(page)
    for name, values in (("change-plan", FORM), ("choose-course", {"course": "in-turn"})):
        assert alice.post(reverse(name), values).status_code == 403
    assert settings.current().on


@pytest.mark.usefixtures("scarce")
def test_a_lead_sees_what_settings_would_change_before_they_do(dan: Client) -> None:
    page = dan.post(reverse("preview-plan"), FORM | {"on": "no"})
    assert "Nothing is changed yet." in text(page)
    assert "Now: " in text(page)
    assert settings.current().reserve == 1.0
    same = dan.post(reverse("preview-plan"), FORM | {"reserve": "1", "advisors": ""})
    assert "Comes to the same as now." in text(same)
    done = dan.post(reverse("change-plan"), FORM, follow=True)
    assert "The plan is changed." in notices(done)
    now = settings.current()
    assert (now.reserve, now.askers, now.mode) == (2.0, 20, "strict")
    assert now.advisors == [0] * 8 + [3] * 13 + [0] * 3
    assert "Dan changed it last" in text(done)
    assert 'value="8-21 3"' in source(done)


@pytest.mark.usefixtures("scarce")
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reserve": "lots"}, "Write numbers"),
        ({"reserve": "nan"}, "between 0 and 3"),
        ({"reserve": "9"}, "between 0 and 3"),
        ({"askers": "1"}, "2 to 1,000 people"),
        ({"mode": "loudest"}, "strict, or within the hour"),
        ({"advisors": "21-8 3"}, "is no shift"),
        ({"advisors": "8-21 all of us"}, "is no shift"),
    ],
)
def test_what_cannot_be_planned_with_is_said(dan: Client, wrong: dict[str, str], said: str) -> None:
    for name in ("change-plan", "preview-plan"):
        assert said in notices(dan.post(reverse(name), FORM | wrong, follow=True))
    assert settings.current().pk == 1
    assert settings.current().changed_at is None


@pytest.fixture
def purse(scarce: None) -> Iterator[str]:
    """Four dollars a day besides, at ten cents a reply; the name of their field."""
    with scene.networks(TEN, PURSE):
        budget.adopt(scene.account())
        yield f"money-{scene.account().public_id}-purse"


def test_a_lead_sees_what_less_money_comes_to_before_it_is_less(dan: Client, purse: str) -> None:
    assert "40 of 40 replies left that the money pays" in text(dan.get(reverse("plan")))
    thought = dan.post(reverse("preview-plan"), FORM | {purse: "0.5"})
    assert "Nothing is changed yet." in text(thought)
    assert 'value="0.5"' in source(thought)
    less = ahead.picture(
        people.dan(), settings.current(), money.caps({(scene.account().pk, "purse"): 0.5})
    )
    [purses] = [one for one in less.limits if one.window.money]
    assert purses.changed
    assert [one.left[1][0] for one in (purses.now[0], purses.changed[0])] == [40, 5]
    assert forecast.left(scene.account())[-1].cap == 4
    done = dan.post(reverse("change-plan"), FORM | {purse: "0.5"}, follow=True)
    assert "The plan is changed." in notices(done)
    assert "5 of 5 replies left that the money pays" in text(done)
    assert (
        len([kept for _ in range(9) if (kept := budget.reserve(scene.account(), None, None))]) == 5
    )


@pytest.mark.parametrize("wrong", ["all of it", "nan", "-1", "1e9", ""])
def test_what_is_no_money_changes_nothing(dan: Client, purse: str, wrong: str) -> None:
    for name in ("change-plan", "preview-plan"):
        page = dan.post(reverse(name), FORM | {purse: wrong}, follow=True)
        assert "Write money as a number" in notices(page)
    assert settings.current().changed_at is None


def test_only_money_is_a_leads_to_set_and_an_advisor_sets_none(purse: str) -> None:
    with pytest.raises(NotAllowedError):
        correct.set_money(scene.account(), people.alice(), "purse", 1)
    with pytest.raises(LimitRule.DoesNotExist):
        correct.set_money(scene.account(), people.dan(), "day", 1)
    correct.set_money(scene.account(), people.dan(), "purse", 4)
    assert not AuditLine.objects.filter(action="corrected a limit of").exists()


@pytest.mark.usefixtures("scarce")
def test_the_course_is_changed_by_one_choice(dan: Client) -> None:
    done = dan.post(reverse("choose-course"), {"course": "in-turn"}, follow=True)
    assert "The course is changed." in notices(done)
    assert "Everybody is answered in turn." in text(done)
    assert not settings.current().on
    done = dan.post(reverse("choose-course"), {"course": "publish"}, follow=True)
    assert "These are the questions that many ask." in notices(done)
    assert settings.current().on


def test_what_many_ask_is_offered_for_a_public_answer(dan: Client) -> None:
    talk = scene.wrote("Tom", "is it down in Leeds?")
    asked = [Asked(talk.last_mention_id or 0, "new-1", True, clock.now())]
    questions.keep(asked, {"new-1": 14})
    page = text(dan.get(reverse("plan")))
    assert "Asked by many" in page
    assert "14 people" in page
