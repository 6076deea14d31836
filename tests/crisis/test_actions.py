"""Dan declares a crisis, speaks for the brand, and stands it down; Alice writes along."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from rejoinder.crisis import actions
from rejoinder.crisis.alarm import raising
from rejoinder.crisis.alarm.counting import BIN
from rejoinder.crisis.models import Alarm, Crisis, Did, Entry, Kind, Promise
from rejoinder.crisis.policy import Policy, Tone
from rejoinder.crisis.refusals import CannotError
from rejoinder.crisis.surge import alarm as seen
from rejoinder.crisis.surge.alarm import Window
from rejoinder.crisis.timeline.clocks import Standing
from rejoinder.plumbing import clock
from rejoinder.plumbing.models import Change
from rejoinder.team.access import NotAllowedError
from rejoinder.team.models import Advisor, AuditLine
from tests import scene
from tests.people import alice, ann, bob, charlie, dan, olga

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

HALF_AN_HOUR = timedelta(minutes=30)


def outage(name: str = "Network outage, Yorkshire") -> Crisis:
    return actions.declare(dan(), name)


def soon(minutes: int = 30) -> datetime:
    return clock.now() + timedelta(minutes=minutes)


def says(crisis: Crisis, words: str, next_at: datetime, actor: Advisor | None = None) -> Promise:
    made = actions.state(crisis, actor or dan(), words, next_at)
    assert made is not None
    return made


def lines(crisis: Crisis) -> list[tuple[str, str]]:
    return list(crisis.entries.order_by("at", "id").values_list("kind", "did"))


def test_a_lead_declares_and_everybody_is_told() -> None:
    Change.objects.all().delete()
    crisis = actions.declare(dan(), "  Network   outage ", Policy(reserve=2), on_call=[alice()])
    assert (crisis.name, crisis.declared_by, crisis.reserve) == ("Network outage", dan(), 2)
    assert crisis.began_at == crisis.declared_at == clock.now()
    entry = crisis.entries.get()
    assert (entry.kind, entry.did, entry.by) == (Kind.DECIDED, Did.DECLARED, dan())
    assert entry.detail == {"reserve": 2, "askers": 10, "tone": "plain", "on_call": ["Alice"]}
    assert set(Change.objects.values_list("topic", flat=True)) == {"crisis", "queue"}
    assert AuditLine.objects.get(action="declared the crisis").what == "Network outage"


def test_it_began_with_the_alarm_but_never_in_the_future() -> None:
    alarm = clock.now() - timedelta(minutes=8)
    assert actions.declare(dan(), "One", began_at=alarm).began_at == alarm
    assert actions.declare(dan(), "Two", began_at=soon()).began_at == clock.now()


def test_an_alarm_it_is_declared_on_is_seen_to_and_stands_first() -> None:
    at = clock.now() - timedelta(minutes=8)
    saw = seen.Alarm(at.timestamp() - BIN, 0.9, Window(600, 78, 19.4), Window(600, 41, 3.6))
    raising.begin(raising.EVERYTHING, saw)
    alarm = Alarm.objects.get()
    crisis = actions.declare(dan(), "Outage", alarm=alarm)
    assert (crisis.alarm, crisis.began_at) == (alarm, at)
    alarm.refresh_from_db()
    assert alarm.acknowledged_by == dan()
    assert lines(crisis) == [("known", "alarm"), ("decided", "declared")]
    detail = crisis.entries.get(did=Did.ALARM).detail
    assert (detail["came"], detail["usual"], detail["problems"]) == (78, 19.4, 41)


def test_one_of_a_name_is_open_and_several_names_may_be() -> None:
    first = outage()
    with pytest.raises(CannotError, match="open already"):
        outage("NETWORK outage, yorkshire")
    outage("Data leak")
    actions.stand_down(first, dan(), "repaired")
    again = outage()
    assert [each.name for each in actions.open_ones()] == ["Data leak", again.name]
    assert Entry.objects.filter(did=Did.DECLARED).count() == 3


@pytest.mark.parametrize("who", [alice, ann, charlie])
def test_only_a_lead_declares_steers_and_speaks(who: Callable[[], Advisor]) -> None:
    crisis, actor = outage(), who()
    steering: list[Callable[[], object]] = [
        lambda: actions.declare(actor, "Mine"),
        lambda: actions.change_policy(crisis, actor, Policy()),
        lambda: actions.stand_down(crisis, actor, "enough"),
        lambda: actions.state(crisis, actor, "We know.", soon()),
        lambda: actions.note(crisis, actor, Kind.DECIDED, "x"),
        lambda: actions.note(crisis, actor, Kind.SAID, "x"),
    ]
    for step in steering:
        with pytest.raises(NotAllowedError):
            step()
    assert Crisis.objects.filter(stood_down_at=None).get() == crisis
    assert crisis.entries.count() == 1


def test_a_policy_that_is_the_same_leaves_no_line() -> None:
    crisis = outage()
    actions.change_policy(crisis, olga(), crisis.policy)
    assert crisis.entries.count() == 1
    careful = Policy(reserve=2, askers=5, tone=Tone.CAREFUL)
    clock.turn(HALF_AN_HOUR)
    actions.change_policy(crisis, olga(), careful, on_call=[bob(), alice()])
    entry = crisis.entries.get(did=Did.CHANGED_POLICY)
    assert entry.detail["was"]["askers"] == 10
    assert entry.detail["on_call"] == ["Alice", "Bob"]
    crisis.refresh_from_db()
    assert (crisis.policy, crisis.policy_at) == (careful, clock.now())
    with pytest.raises(CannotError, match="between 0 and 3"):
        actions.change_policy(crisis, olga(), Policy(reserve=4))


def test_the_open_ones_together_are_in_force() -> None:
    assert actions.in_force() is None
    first = actions.declare(dan(), "One", Policy(reserve=2, tone=Tone.CAREFUL))
    clock.turn(HALF_AN_HOUR)
    actions.declare(dan(), "Two", Policy(askers=4))
    assert actions.in_force() == (Policy(2, 4, Tone.CAREFUL), clock.now())
    actions.stand_down(first, dan(), "over")
    assert actions.in_force() == (Policy(1, 4, Tone.PLAIN), clock.now())


def test_a_statement_promises_the_next_and_keeps_the_last() -> None:
    crisis = outage()
    first = says(crisis, "We know, we are looking into it.", soon(30))
    assert first.standing(clock.now()) is Standing.SOON
    clock.turn(timedelta(minutes=20))
    second = says(crisis, "A mast is down.", soon(60), olga())
    first.refresh_from_db()
    assert (first.kept_by, first.standing(clock.now())) == (olga(), Standing.KEPT)
    assert first.kept_with is not None
    assert first.kept_with.words == "A mast is down."
    clock.turn(timedelta(minutes=61))
    assert second.broken(clock.now())
    assert actions.state(crisis, dan(), "Repaired. This is our last word on it.") is None
    second.refresh_from_db()
    assert second.standing(clock.now()) is Standing.KEPT_LATE
    assert not actions.open_promises().exists()


def test_a_statement_of_one_crisis_keeps_no_promise_of_another() -> None:
    other = says(outage("Data leak"), "We are looking.", soon())
    actions.state(outage(), dan(), "We know.", soon())
    other.refresh_from_db()
    assert other.kept_at is None


def test_a_statement_needs_words_and_a_moment_to_come() -> None:
    crisis = outage()
    for words, at, why in [
        (" \n", soon(), "what we say"),
        ("We know.", clock.now(), "still to come"),
        ("x" * 2001, soon(), "too long"),
    ]:
        with pytest.raises(CannotError, match=why):
            actions.state(crisis, dan(), words, at)
    assert crisis.entries.count() == 1
    assert not Promise.objects.exists()


def test_alice_writes_what_is_known_and_done() -> None:
    crisis = outage()
    at = clock.now() - timedelta(minutes=12)
    known = actions.note(crisis, alice(), Kind.KNOWN, " Mast 114 is down. ", at)
    assert (known.words, known.at, known.noted_at) == ("Mast 114 is down.", at, clock.now())
    actions.note(crisis, alice(), Kind.DONE, "Rang the hospital.")
    with pytest.raises(CannotError, match="to come"):
        actions.note(crisis, alice(), Kind.KNOWN, "It will be repaired.", soon())
    with pytest.raises(CannotError, match="in a sentence"):
        actions.note(crisis, alice(), Kind.KNOWN, "")
    assert [kind for kind, _ in lines(crisis)] == ["known", "decided", "done"]


def test_what_is_written_is_never_changed() -> None:
    entry = actions.note(outage(), alice(), Kind.KNOWN, "Mast 114 is down.")
    entry.words = "Nothing was down."
    for change in (
        entry.save,
        lambda: Entry.objects.update(words="x"),
        lambda: Entry.objects.all().delete(),
        lambda: entry.crisis.entries.update(words="x"),
    ):
        with pytest.raises(TypeError, match="further entry"):
            change()
    entry.refresh_from_db()
    assert entry.words == "Mast 114 is down."


def test_a_promise_to_one_person_is_kept_once() -> None:
    crisis, talk = outage(), scene.wrote("Granny Smith", "My alarm does not ring")
    made = actions.promise(crisis, alice(), "Ring her", soon(30), conversation=talk, keeper=bob())
    assert (made.keeper, made.conversation) == (bob(), talk)
    actions.keep(made, bob(), "Rang her; the alarm works.")
    assert made.kept_with is not None
    assert made.kept_with.words == "Rang her; the alarm works."
    with pytest.raises(CannotError, match="kept already"):
        actions.keep(Promise.objects.get(pk=made.pk), alice())
    assert [did for _, did in lines(crisis)] == ["declared", "promised", "kept"]


def test_promises_that_cannot_be() -> None:
    crisis = outage()
    for words, at, keeper, why in [
        ("", soon(), None, "what is promised"),
        ("Ring her", clock.now(), None, "still to come"),
        ("Ring her", soon(), ann(), "Choose somebody who answers"),
    ]:
        with pytest.raises(CannotError, match=why):
            actions.promise(crisis, alice(), words, at, keeper=keeper)
    with pytest.raises(NotAllowedError):
        actions.promise(crisis, ann(), "Ring her", soon())
    update = says(crisis, "We know.", soon())
    with pytest.raises(CannotError, match="next statement or revision"):
        actions.keep(update, dan())


def test_standing_down_closes_the_timeline_and_leaves_promises_open() -> None:
    crisis = outage()
    made = actions.promise(crisis, alice(), "Say what we pay back", soon(600))
    with pytest.raises(CannotError, match="why it is over"):
        actions.stand_down(crisis, dan(), " ")
    actions.stand_down(crisis, dan(), "Nine in ten have signal.")
    assert (crisis.stood_down_by, crisis.why) == (dan(), "Nine in ten have signal.")
    closed: list[Callable[[], object]] = [
        lambda: actions.stand_down(crisis, dan(), "again"),
        lambda: actions.state(crisis, dan(), "One more thing.", soon()),
        lambda: actions.note(crisis, alice(), Kind.KNOWN, "One more thing."),
        lambda: actions.promise(crisis, alice(), "More", soon()),
        lambda: actions.change_policy(crisis, dan(), Policy(reserve=3)),
    ]
    for step in closed:
        with pytest.raises(CannotError, match="stood down"):
            step()
    assert list(actions.open_promises()) == [made]
    actions.keep(made, alice())
    assert lines(crisis)[-1] == ("done", "kept")
