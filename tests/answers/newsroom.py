"""Answers for tests: one about no signal, written by Alice and published by Dan."""

from rejoinder.answers import actions
from rejoinder.answers.models import Answer, Revision
from rejoinder.answers.words import Words
from rejoinder.listening.models import Mention, Question
from rejoinder.plumbing import clock
from tests import people, scene

TITLE = "No signal in Yorkshire"
TEXT = "Seven in ten people can call again. We expect the rest to be back by 13:00."
SHORT = "Seven in ten can call again. We expect the rest to be back by 13:00."


def question(name: str = "No signal in Yorkshire?") -> Question:
    """A question that has a name."""
    now = clock.now()
    found, _ = Question.objects.get_or_create(
        name=name, defaults={"first_at": now, "last_at": now, "people": 1}
    )
    return found


def opened(title: str = TITLE, *questions: Question) -> Answer:
    """An answer that Alice opened, with an empty draft."""
    return actions.open_answer(people.alice(), title, questions)


def words(text: str = TEXT, short: str = SHORT, **values: object) -> Words:
    return Words(**{"title": TITLE, "text": text, "short": short, **values})  # type: ignore[arg-type]  # by name


def written(answer: Answer, text: str = TEXT, short: str = SHORT, **values: object) -> Revision:
    """A draft of the next revision, by Alice."""
    language = str(values.pop("language", ""))
    values.setdefault("what_changed", "Back by 13:00.")
    return actions.write(answer, people.alice(), words(text, short, **values), language=language)


def published(answer: Answer, text: str = TEXT, short: str = SHORT, **values: object) -> Revision:
    """The next revision, written by Alice and published by Dan."""
    return actions.publish(written(answer, text, short, **values), people.dan())


def asks(name: str, question: Question, text: str = "no signal") -> Mention:
    """Somebody outside asks it, and waits."""
    talk = scene.wrote(name, text, thread=f"post-{name.lower()}")
    Mention.objects.filter(pk=talk.last_mention_id or 0).update(question_id=question.pk)
    return scene.last(talk)
