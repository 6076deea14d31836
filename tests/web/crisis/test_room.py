"""The crisis room: declared in place, written along, promised and kept, stood down."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from msgspec.structs import replace

from rejoinder.answers.models import Revision
from rejoinder.crisis import actions
from rejoinder.crisis.models import Crisis, Entry, Promise
from rejoinder.crisis.policy import Policy, Tone
from rejoinder.listening.models import Mention, MinuteCount, Need, Question
from rejoinder.outbox import lock as locks
from rejoinder.outbox.models import Publication
from rejoinder.plumbing import clock
from tests import people, scene
from tests.web.pages import notices, source, text

pytestmark = pytest.mark.django_db

DECLARE = {
    "name": "Network outage, Yorkshire",
    "words": "We know, and are looking into it.",
    "next": "09:30",
    "reserve": "2",
    "askers": "5",
    "tone": "careful",
}


@pytest.fixture(autouse=True)
def network(monday: datetime) -> Iterator[None]:
    with scene.networks():
        yield


def outage() -> Crisis:
    return actions.declare(people.dan(), "Network outage, Yorkshire")


def here(name: str, crisis: Crisis) -> str:
    return reverse(name, args=[crisis.public_id])


def test_without_a_crisis_the_room_says_so_and_shows_the_figures(alice: Client) -> None:
    scene.wrote("Tina", "999 just beeps", need=Need.URGENT)
    MinuteCount.objects.create(
        channel="notebook", minute=clock.now() - timedelta(minutes=3), mentions=7
    )
    page = alice.get(reverse("crisis"))
    assert "No crisis is declared." in text(page)
    assert "1 person waits for an answer, 1 of them urgent; 7 mentions came" in text(page)
    assert "Declare a crisis" not in text(page)
    assert "style=" not in source(page)


def test_a_lead_declares_in_place_with_the_first_word(dan: Client) -> None:
    values = DECLARE | {"on_call": [str(people.bob().public_id), "nobody"]}
    page = dan.post(reverse("declare-crisis"), values, follow=True)
    crisis = Crisis.objects.get()
    assert crisis.policy == Policy(2, 5, Tone.CAREFUL)
    assert list(crisis.on_call.all()) == [people.bob()]
    assert page.redirect_chain == [(here("one-crisis", crisis), 302)]
    words = text(page)
    assert "Declared 09:00 by Dan." in words
    assert "Dan said to everybody: “We know, and are looking into it.” Next update" in words
    assert "Dan declared the crisis: 2 times the reserve, pointers from 5 people on" in words
    assert "on call: Bob" in words
    assert "in 30 min Next update to everybody Dan" in words


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": " "}, "Give the crisis a name"),
        ({"reserve": "lots"}, "Write numbers"),
        ({"reserve": "nan"}, "between 0 and 3"),
        ({"next": "soon"}, "Write a time such as 14:30"),
        ({"next": "08:00"}, "still to come"),
    ],
)
def test_what_cannot_be_declared_keeps_what_was_typed(
    dan: Client, wrong: dict[str, str], said: str
) -> None:
    page = dan.post(reverse("declare-crisis"), DECLARE | wrong)
    assert page.status_code == 422
    assert said in notices(page)
    assert "We know, and are looking into it." in source(page)
    assert not Entry.objects.filter(did="stated").exists()


def test_alice_writes_along_and_dan_speaks(alice: Client, dan: Client) -> None:
    crisis = outage()
    known = {"kind": "known", "at": "08:50", "words": "Mast 114 is <down>."}
    page = alice.post(here("note-crisis", crisis), known, follow=True)
    assert "08:50 Known Mast 114 is <down>. Alice" in text(page)
    assert alice.post(here("state-crisis", crisis), {}).status_code == 403
    assert alice.post(here("note-crisis", crisis), known | {"kind": "said"}).status_code == 403
    said = {"words": "A mast is down; we repair it.", "next": "10:00"}
    page = dan.post(here("state-crisis", crisis), said, follow=True)
    assert "in 1 h Next update to everybody" in text(page)
    late = {"kind": "done", "at": "09:40", "words": "Rang the hospital."}
    page = alice.post(here("note-crisis", crisis), late)
    assert "still to come" in notices(page)
    assert 'value="Rang the hospital."' in source(page)


def test_a_promise_runs_late_first_in_the_sentence_and_is_kept(alice: Client) -> None:
    crisis = outage()
    talk = scene.wrote("Granny Smith", "My alarm does not ring")
    values = {
        "words": "Ring her and test the alarm",
        "due": "2026-03-02T09:15",
        "keeper": str(people.bob().public_id),
        "conversation": f"http://localhost:8000/c/{talk.public_id}",
    }
    page = alice.post(here("promise-crisis", crisis), values, follow=True)
    assert "09:15 in 15 min Ring her and test the alarm Bob Granny Smith" in text(page)
    clock.turn(timedelta(minutes=32))
    page = alice.get(here("one-crisis", crisis))
    assert "What was promised for 09:15 is 17 min late. 1 person waits" in text(page)
    made = Promise.objects.get()
    page = alice.post(reverse("keep-promise", args=[made.pk]), {}, follow=True)
    assert "09:15 kept 17 min late" in text(page)
    page = alice.post(reverse("keep-promise", args=[made.pk]), {})
    assert "kept already" in notices(page)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"due": "2026-03-02T08:00"}, "still to come"),
        ({"due": "tomorrow"}, "Write a time"),
        ({"conversation": "https://example.com/c/7"}, "not the address of a conversation"),
        ({"words": ""}, "what is promised"),
    ],
)
def test_promises_that_cannot_be(alice: Client, wrong: dict[str, str], said: str) -> None:
    values = {"words": "Ring her", "due": "2026-03-02T09:15", "keeper": "x"} | wrong
    page = alice.post(here("promise-crisis", outage()), values)
    assert (page.status_code, said in notices(page)) == (422, True)


def test_questions_stand_with_what_their_answers_reach(alice: Client) -> None:
    asked = Question.objects.create(
        name="No signal", people=3, first_at=clock.now(), last_at=clock.now()
    )
    for name in ("Tom", "Tina", "Rosa"):
        talk = scene.wrote(name, "no signal")
        Mention.objects.filter(pk=talk.last_mention_id or 0).update(question_id=asked.pk)
    page = text(alice.get(here("one-crisis", outage())))
    assert "No signal 3 0 too few to say 3 Write it" in page


def test_the_policy_changes_and_the_timeline_says_so(dan: Client) -> None:
    crisis = outage()
    values = {"reserve": "1.5", "askers": "4", "tone": "plain"}
    page = dan.post(here("change-crisis-policy", crisis), values, follow=True)
    assert "Dan changed the policy: 1.5 times the reserve" in text(page)


def test_it_is_stood_down_and_found_again(dan: Client, alice: Client) -> None:
    crisis = outage()
    page = dan.post(here("stand-down", crisis), {"why": "Nine in ten have signal."}, follow=True)
    assert "Dan stood it down at 09:00: Nine in ten have signal." in text(page)
    assert "Say this" not in text(page)
    assert "Network outage, Yorkshire" in text(alice.get(reverse("crisis")))
    assert dan.post(here("stand-down", crisis), {"why": "again"}).status_code == 422


def test_several_are_open_and_name_each_other(alice: Client) -> None:
    first, second = outage(), actions.declare(people.dan(), "Data leak")
    page = source(alice.get(reverse("crisis")))
    assert "<h1>Network outage, Yorkshire</h1>" in page
    assert here("one-crisis", second) in page
    assert here("one-crisis", first) in source(alice.get(here("one-crisis", second)))


def test_the_wall_shows_the_figures_and_nothing_to_press(alice: Client) -> None:
    crisis = outage()
    actions.promise(
        crisis, people.alice(), "Say what we pay back", clock.now() + timedelta(hours=1)
    )
    page = alice.get(reverse("crisis-wall"))
    assert "Say what we pay back" in text(page)
    assert "<button" not in source(page)
    assert "<a href" not in source(page).split("<main")[1]


def test_everybody_reads_that_planned_posts_are_paused(dan: Client, alice: Client) -> None:
    outage()
    assert 'aria-keyshortcuts="Shift+P"' in source(dan.get(reverse("crisis")))
    assert "Pause planned posts" in source(alice.get(reverse("crisis")))
    page = dan.post(reverse("pause-planned"), follow=True)
    assert "0 planned posts are held." in notices(page)
    assert "Planned posts are paused: Dan, 09:00." in text(alice.get("/"))
    assert "Resume planned posts" not in source(alice.get(reverse("crisis")))
    assert "Dan paused planned posts: 0 held, 0 were leaving" in text(page)
    page = dan.post(reverse("resume-planned"), {"held": "7"}, follow=True)
    assert "look what would leave now" in notices(page)
    for wrong in ("", "-1", "0x"):
        dan.post(reverse("resume-planned"), {"held": wrong})
    assert "Planned posts are paused" in text(alice.get("/"))
    page = dan.post(reverse("resume-planned"), {"held": "0"}, follow=True)
    assert "Planned posts go on." in notices(page)
    assert "Planned posts are paused" not in text(alice.get("/"))


def test_an_account_is_locked_a_strange_post_shown_and_seen_to(dan: Client, olga: Client) -> None:
    crisis, account = outage(), scene.account()
    given = {"account": str(account.public_id), "why": "somebody posts as us"}
    page = dan.post(reverse("lock-account"), given, follow=True)
    assert "@brand is locked: nothing leaves there" in notices(page)
    assert "Dan locked @brand: somebody posts as us" in text(page)
    locks.alarm(scene.last(scene.wrote("Brand", "Free phones for everybody")))
    page = dan.get(reverse("crisis"))
    assert "A post that we did not make was heard on @brand, 09:00." in text(page)
    assert "Free phones for everybody" in text(page)
    assert "Revoke" not in text(page)
    assert "Revoke the desk’s credentials" in text(olga.get(reverse("crisis")))
    dan.post(reverse("see-stranger", args=[locks.alarms()[0].pk]))
    assert "Free phones" not in text(dan.get(reverse("crisis")))
    dan.post(reverse("unlock-account", args=[account.public_id]))
    assert "Dan unlocked @brand" in text(dan.get(here("one-crisis", crisis)))
    assert dan.post(reverse("lock-account"), {"account": "x"}).status_code == 404


def test_a_statement_is_published_and_asks_for_a_second_reader_where_due(dan: Client) -> None:
    crisis = outage()
    said = {"words": "Calls to 999 fail.", "next": "10:00", "publish": "yes"}
    page = dan.post(here("state-crisis", crisis), said)
    assert "A second person has to read this first" in notices(page)
    assert "Why it is published without a second reader" in text(page)
    alone = {"alone": "Nobody else is here"}
    page = dan.post(here("state-crisis", crisis), said | alone, follow=True)
    assert "Dan said to everybody: “Calls to 999 fail.”" in text(page)
    assert Revision.objects.get().alone_why == "Nobody else is here"
    last = {"words": "Repaired.", "publish": "yes", "next": "", **alone}
    page = dan.post(here("state-crisis", crisis), last, follow=True)
    assert "10:00 kept" in text(page)


def test_a_statement_goes_out_on_the_accounts_that_publish(dan: Client) -> None:
    with scene.networks() as network:
        network.can = replace(network.can, publish=True)
        try:
            crisis, account = outage(), scene.account()
            page = dan.get(here("one-crisis", crisis))
            assert "and on Notebook, @brand" in text(page)
            said = {
                "words": "We know, and are looking into it.",
                "next": "10:00",
                "publish": "yes",
                "account": str(account.public_id),
            }
            dan.post(here("state-crisis", crisis), said)
        finally:
            network.can = replace(network.can, publish=False)
    leaving = Publication.objects.get()
    assert (leaving.text, leaving.title, leaving.number) == (said["words"], crisis.name, 1)


def test_the_german_room_is_german(olga: Client) -> None:
    advisor = people.olga()
    advisor.language = "de"
    advisor.save()
    outage()
    page = text(olga.get(reverse("crisis")))
    assert "Niemand wartet auf eine Antwort" in page
    assert "Was passiert ist" in page
