"""Rosa praises; Alice asks her before anybody quotes it."""

import pytest

from rejoinder.desk import actions
from rejoinder.desk.models import Quote
from rejoinder.desk.quotes import asking, listed
from rejoinder.desk.refusals import AlreadyTakenError, CannotError
from rejoinder.listening.models import Mention
from rejoinder.plumbing import clock
from rejoinder.team import access
from tests import people
from tests.web import stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
SAID = "Bob fixed it in minutes. Lovely people!"
WORDS = "Lovely people!"


def rosa() -> Mention:
    talk = stage.says("Rosa", SAID, intent="praise")
    return Mention.objects.get(conversation=talk)


def test_she_is_asked_says_yes_and_takes_it_back() -> None:
    said = rosa()
    talk = asking.ask(said, people.alice(), WORDS, "in our yearly report")
    draft = actions.draft(talk, people.alice())
    assert draft is not None
    assert "May we quote “Lovely people!” in our yearly report?" in draft.text
    assert listed.quotable(people.bob()) == []
    quote = Quote.objects.get()
    asking.heard(quote, people.alice(), "yes", " Rosa  from Leeds ")
    assert [(each.words, each.signed) for each in listed.quotable(people.bob())] == [
        (WORDS, "Rosa from Leeds")
    ]
    with pytest.raises(CannotError, match="kept already"):
        asking.heard(quote, people.alice(), "no")
    asking.heard(quote, people.bob(), "taken-back")
    assert listed.quotable(people.bob()) == []
    quote.refresh_from_db()
    assert (quote.answer, quote.signed) == ("taken-back", "")


def test_a_no_stands_and_another_place_may_be_asked_for() -> None:
    said = rosa()
    asking.ask(said, people.alice(), WORDS, "in our report")
    with pytest.raises(CannotError, match="asked this already"):
        asking.ask(said, people.alice(), WORDS, "in our report")
    quote = Quote.objects.get()
    asking.heard(quote, people.alice(), "no", "Rosa")
    with pytest.raises(CannotError, match="kept already"):
        asking.heard(quote, people.alice(), "taken-back")
    asking.ask(said, people.alice(), WORDS, "on our site")
    assert [each.answer for each in listed.of(quote.conversation_id)] == ["", "no"]


def test_a_quote_ends_with_the_words_it_was_taken_from() -> None:
    said = rosa()
    asking.ask(said, people.alice(), WORDS, "here")
    asking.heard(Quote.objects.get(), people.alice(), "yes")
    Mention.objects.filter(pk=said.pk).update(text="Bob was late.")
    assert listed.quotable(people.alice()) == []
    Mention.objects.filter(pk=said.pk).update(text=SAID)
    assert len(listed.quotable(people.alice())) == 1
    Mention.objects.filter(pk=said.pk).update(deleted_at=clock.now())
    assert listed.quotable(people.alice()) == []
    assert listed.praise(people.alice()) == ([], None)


def test_nobody_is_asked_out_of_turn_or_without_the_right() -> None:
    said = rosa()
    for who in (people.tess(), people.ann()):
        with pytest.raises(access.NotAllowedError):
            asking.ask(said, who, WORDS, "here")
    assert said.conversation is not None
    actions.take(said.conversation, people.bob())
    with pytest.raises(AlreadyTakenError):
        asking.ask(said, people.alice(), WORDS, "here")
    with pytest.raises(CannotError, match="yes, no"):
        asking.heard(Quote(), people.alice(), "perhaps")
    assert not Quote.objects.exists()


def test_pages_of_praise_leave_out_ours_and_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listed, "SHOWN", 2)
    for number in range(3):
        stage.says(f"Person {number}", "Thank you!", intent="praise")
    stage.says("Tom", "no signal", intent="outage")
    first, older = listed.praise(people.alice())
    assert [each.mention.person.name for each in first] == ["Person 2", "Person 1"]
    rest, end = listed.praise(people.alice(), older)
    assert [each.mention.person.name for each in rest] == ["Person 0"]
    assert end is None
    assert listed.praise(people.ann()) == ([], None)
