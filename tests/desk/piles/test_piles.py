"""Thirty accounts send people to one address: one pile, and back again."""

import pytest

from rejoinder.desk import actions as desk
from rejoinder.desk.models import OwnContact, Pile, Piled
from rejoinder.desk.piles import actions, gathering, listed
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Conversation, Mention, Need, SafetyCard
from rejoinder.plumbing import clock
from rejoinder.team.access import NotAllowedError
from tests import people
from tests.web import stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

TEXT = "You won a phone, see https://prizes.example.net/now"


def copies(many: int = 12, text: str = TEXT) -> Mention:
    """Posts of one text, each by another; the first."""
    first = Mention.objects.get(conversation=stage.says("Bot 0", text))
    for number in range(1, many):
        copy(f"Bot {number}", first, text)
    return first


def copy(name: str, of: Mention, text: str = TEXT, need: Need = Need.COMMON) -> Conversation:
    talk = stage.says(name, text, need=need)
    Mention.objects.filter(pk=talk.last_mention_id or 0).update(copy_of=of.pk)
    return talk


def waiting() -> set[str]:
    rows = Conversation.objects.filter(waiting_since__isnull=False)
    return set(rows.values_list("person__name", flat=True))


def test_a_wave_is_proposed_and_nothing_is_put_away_by_itself() -> None:
    first = copies()
    gathering.run()
    [found] = listed.proposed(people.alice())
    assert (found.mention, found.posts, found.authors) == (first, 12, 12)
    assert found.place == "prizes.example.net"
    assert len(waiting()) == 12


def test_people_who_copy_one_another_are_not_proposed() -> None:
    copies(20, "No signal in Leeds since eleven, please share")
    assert listed.proposed(people.alice()) == []


def test_who_passes_our_own_page_on_is_not_proposed() -> None:
    OwnContact.objects.create(
        kind="domain", text="example.net", added_by=people.olga(), added_at=clock.now()
    )
    copies()
    assert listed.proposed(people.alice()) == []


def test_a_pile_takes_all_of_it_and_gives_each_back_at_its_place() -> None:
    first = copies()
    since = dict(Conversation.objects.values_list("pk", "waiting_since"))
    made = actions.pile(first, people.dan(), "Prizes of nobody, 07700 900123")
    assert waiting() == set()
    assert "07700" not in made.why
    assert listed.proposed(people.alice()) == []
    assert [each.many for each in listed.standing(people.alice())] == [12]
    assert actions.dissolve(made, people.dan()) == 12
    assert dict(Conversation.objects.values_list("pk", "waiting_since")) == since
    assert actions.dissolve(made, people.dan()) == 0
    assert [each.many for each in listed.dissolved(people.alice())] == [12]


def test_what_comes_later_joins_and_after_dissolving_it_does_not() -> None:
    first = copies()
    made = actions.pile(first, people.dan(), "spam")
    copy("Bot late", first)
    assert gathering.run() == 1
    assert waiting() == set()
    actions.dissolve(made, people.dan())
    copy("Bot later", first)
    assert gathering.run() == 0
    assert "Bot later" in waiting()


def test_who_may_need_help_stays_in_the_queue() -> None:
    first = copies()
    copy("Urgent", first, need=Need.URGENT)
    danger = copy("In danger", first)
    SafetyCard.objects.create(
        mention_id=danger.last_mention_id or 0, kind="threat", opened_at=clock.now()
    )
    copy("Also asks", first)
    stage.says("Also asks", "why was I charged twice?")
    held = copy("Held", first)
    desk.take(held, people.alice())
    actions.pile(first, people.dan(), "spam")
    assert waiting() == {"Urgent", "In danger", "Also asks", "Held"}


def test_who_writes_again_waits_again() -> None:
    first = copies()
    made = actions.pile(first, people.dan(), "spam")
    again = stage.says("Bot 3", "I am a person: no signal")
    gathering.run()
    assert waiting() == {"Bot 3"}
    actions.dissolve(made, people.dan())
    again.refresh_from_db()
    kept = Piled.objects.get(conversation=again).waited_since
    assert again.waiting_since == kept


def test_only_leads_pile_and_only_with_a_reason() -> None:
    first = copies()
    alone = Mention.objects.get(conversation=stage.says("Tom", "no signal"))
    with pytest.raises(NotAllowedError):
        actions.pile(first, people.alice(), "spam")
    with pytest.raises(CannotError):
        actions.pile(first, people.dan(), " ")
    with pytest.raises(CannotError):
        actions.pile(alone, people.dan(), "spam")
    made = actions.pile(first, people.dan(), "spam")
    with pytest.raises(CannotError):
        actions.pile(first, people.dan(), "spam")
    with pytest.raises(NotAllowedError):
        actions.dissolve(made, people.alice())
    assert Pile.objects.count() == 1


def test_thousands_go_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MOST", 5)
    first = copies(17)
    actions.pile(first, people.dan(), "spam")
    assert waiting() == set()
    assert Piled.objects.count() == 17
