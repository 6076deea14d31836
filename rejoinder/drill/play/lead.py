"""A lead who answers in public by themselves while a day is played, as `manual` leaves to people.

They do what a lead does, by the same calls: name what so many ask, open an answer, write it for as
long as the world says, let a colleague read what asks for a second person, publish it.
"""

from collections.abc import Callable
from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet

from rejoinder.answers import editions, opening, publishing, writing
from rejoinder.answers.models import Answer, Covered
from rejoinder.answers.words import Words
from rejoinder.desk.plan import settings
from rejoinder.drill.play import script
from rejoinder.drill.world import World
from rejoinder.listening import questions
from rejoinder.listening.models import Question
from rejoinder.plumbing import clock
from rejoinder.team.models import Advisor

LOOKS_EVERY_S = 30.0  # seconds of the day between two looks at what people ask

# Which question of the world a question of the desk is; None: nobody could tell.
Asked = Callable[[int], int | None]


class Lead:
    """One who writes and publishes, and one who reads it before."""

    def __init__(self, world: World, writer: Advisor, reader: Advisor, *, asked: Asked) -> None:
        self._world, self._writer, self._reader = world, writer, reader
        self._asked = asked
        self._looks_at = 0.0

    def turn_to(self, now: float) -> int:
        """Publish what is written by a second of the day, and begin what is wanted; how much."""
        if now < self._looks_at:
            return 0
        self._looks_at = now + LOOKS_EVERY_S
        return self._publish() + self._begin()

    def _begin(self) -> int:
        begun = 0
        for question in self._wanted():
            which = self._asked(question.pk)
            if which is not None:
                begun += self._open(question, script.asked(which).name)
        return begun

    def _wanted(self) -> list[Question]:
        """What so many ask and no answer covers."""
        covered = Covered.objects.filter(question=OuterRef("pk"), until=None)
        rows = Question.objects.filter(
            ~Exists(covered), dismissed_at=None, people__gte=settings.in_force().askers
        )
        return list(rows.order_by("-people", "id"))

    def _open(self, question: Question, name: str) -> int:
        """An answer to it; what was named like a question that has one is covered by that."""
        named = question if question.name else questions.name(question, self._writer, name)
        if editions.of_question(named) is not None:
            return 0
        opening.open_answer(self._writer, named.name, [named])
        return 1

    def _publish(self) -> int:
        published = 0
        for answer in self._written():
            which = self._asked(answer.questions.values_list("pk", flat=True)[0])
            if which is not None:
                self._say(answer, script.asked(which))
                published += 1
        return published

    def _written(self) -> QuerySet[Answer]:
        """The drafts that have taken their time."""
        begun = clock.now() - timedelta(seconds=self._world.writing_s)
        mine = Answer.objects.filter(opened_by=self._writer, opened_at__lte=begun)
        return mine.filter(withdrawn_at=None, revisions__published_at=None).distinct()

    def _say(self, answer: Answer, asked: script.Asked) -> None:
        words = Words(title=asked.name, text=asked.short, short=asked.short)
        draft = writing.write(answer, self._writer, words)
        if publishing.needs_second(draft):
            publishing.check(draft, self._reader)
            draft.refresh_from_db()
        publishing.publish(draft, self._writer)
