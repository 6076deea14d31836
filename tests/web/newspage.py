"""An answer as a bad day leaves it: a draft on two revisions, and people who were told."""

from datetime import timedelta

from rejoinder.answers import actions, told
from rejoinder.answers.models import Answer, Revision
from rejoinder.answers.words import Words
from rejoinder.listening.models import Conversation, Question
from rejoinder.plumbing import clock
from tests import people
from tests.web import stage

SECTIONS = """
## What should I do?
Turn your phone off and on once. If there is still no signal, please wait.

## Do 999 calls work?
Most emergency calls work on any network in reach, even when your phone shows “SOS only”.
- If a call fails, try again.
- Or use another phone or a landline.

## What went wrong?
A cable north of Leeds was cut at 11:21. See https://example.com/status for the map.
"""
FIRST = "We know that calls fail in Yorkshire, and are looking into it."
SECOND = "Seven in ten people can call again. We expect the rest to be back by 13:00."
THIRD = "Nine in ten people can call again. The rest, around Otley, follow by 16:15."


def day(talk: Conversation | None = None) -> Answer:
    """Alice writes, Bob reads, Dan publishes; `talk` asks what it answers."""
    now = clock.now()
    question, _ = Question.objects.get_or_create(
        name="No signal in Yorkshire?", defaults={"first_at": now, "last_at": now}
    )
    if talk is not None:
        talk.mention_set.update(question_id=question.pk)
    answer = actions.open_answer(people.alice(), "No signal in Yorkshire", [question])
    first = _published(answer, 180, FIRST, "")
    second = _published(answer, 60, SECOND, "Seven in ten are back. We had said nothing of when.")
    for number in range(3):
        asker = stage.says(f"Asker {number}", "no signal", minutes_ago=200)
        asker.mention_set.update(question_id=question.pk)
        told.by_voice((first, second)[number % 2], asker, people.alice())
    actions.write(answer, people.alice(), _words(THIRD, "Nine in ten. Otley by 16:15, not 13:00."))
    return answer


def _published(answer: Answer, minutes_ago: int, lead: str, changed: str) -> Revision:
    with clock.standing(clock.now() - timedelta(minutes=minutes_ago)):
        draft = actions.write(answer, people.alice(), _words(lead, changed))
        actions.check(draft, people.bob())
        return actions.publish(draft, people.dan())


def _words(lead: str, changed: str) -> Words:
    return Words(
        title="No signal in Yorkshire",
        text=f"{lead}\n{SECTIONS}",
        short=lead,
        what_changed=changed,
        next_update_at=clock.now() + timedelta(hours=1),
        regulators="Ofcom, 12:05",
    )
