"""What the people outside can see of a desk: replies that came, answers in public, who is at it."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.db.models import Min, QuerySet

from rejoinder.answers.models import Covered, Revision
from rejoinder.drill.day import Day
from rejoinder.drill.play.diary import Diary
from rejoinder.listening.models import Conversation, Mention
from rejoinder.outbox.models import LEAVING, Reply, State

CHANNEL = "pretend"
SAMPLE = 200  # mentions of a question that tell which question of the world it is


class Sight:
    """Reads the desk's own rows; the people of a drill see no more than that."""

    def __init__(self, day: Day, diary: Diary, begins: float) -> None:
        self._day, self._diary, self._begins = day, diary, begins
        self._covered: list[tuple[int, datetime]] = []
        self._found: dict[int, _Public] = {}

    def answered(self, post: str) -> bool:
        """Whether we replied to what somebody wrote, or to what they wrote after it."""
        return _replies(post).filter(state=State.SENT).exists()

    def in_hand(self, post: str) -> bool:
        """Whether an advisor writes to them. A reply that waits for room is no comfort."""
        held = Conversation.objects.filter(channel=CHANNEL, thread=post, holder__isnull=False)
        return held.exists() and not _replies(post).filter(state__in=LEAVING).exists()

    def read_as(self, post: str) -> int:
        """As it stands now: with care if there was time for it."""
        said = Mention.objects.filter(channel=CHANNEL, external_id=post)
        need = said.values_list("need", flat=True).first()
        return -1 if need is None else int(need)

    def published(self) -> Mapping[int, float]:
        """When the first public answer to each question of the world came out, in its seconds."""
        return {which: public.at for which, public in self._public().items()}

    def asked(self, number: int) -> int | None:
        """The question of the world that most of those ask who were matched to one of the desk."""
        rows = Mention.objects.filter(channel=CHANNEL, question_id=number).order_by("-id")
        posts = rows.values_list("external_id", flat=True)[:SAMPLE]
        known = (self._diary.mention_of.get(post) for post in posts)
        asks = Counter(int(self._day.question[one]) for one in known if one is not None)
        asks.pop(-1, None)
        return asks.most_common(1)[0][0] if asks else None

    def short_answer(self, conversation: Conversation) -> str | None:
        """The public answer in few words, where whoever reads this person sees that it fits.

        They see it where the desk suggests it, and as often as the world says without.
        """
        truth = self._diary.mention_of.get(conversation.thread)
        which = -1 if truth is None else int(self._day.question[truth])
        public = self._public().get(which)
        if truth is None or public is None:
            return None
        seen = self._day.seen_question[truth] == which
        return _newest_short(public.question) if seen or _suggests(conversation, public) else None

    def _public(self) -> Mapping[int, "_Public"]:
        """The first answer to each question of the world."""
        covered = _covered()
        if covered != self._covered:
            self._covered, self._found = covered, {}
            for number, at in sorted(covered, key=lambda row: row[1]):
                which = self.asked(number)
                if which is not None:
                    second = at.timestamp() - self._begins
                    self._found.setdefault(which, _Public(second, number))
        return self._found


class _Public(NamedTuple):
    """Since which second of the day a question of the desk has a public answer."""

    at: float
    question: int


def _suggests(conversation: Conversation, public: _Public) -> bool:
    """Whether the desk does, for what the person said last."""
    last = Mention.objects.filter(pk=conversation.last_mention_id or 0)
    return last.filter(question_id=public.question).exists()


def _newest_short(question: int) -> str | None:
    newest = Revision.objects.filter(
        answer__covered__question=question,
        answer__covered__until=None,
        answer__withdrawn_at=None,
        published_at__isnull=False,
    )
    short = newest.order_by("-published_at").values_list("short", flat=True).first()
    return short or None


def _covered() -> list[tuple[int, datetime]]:
    """The desk's questions that have a public answer, and since when."""
    live = Covered.objects.filter(until=None, answer__revisions__published_at__isnull=False)
    return list(live.values_list("question").annotate(at=Min("answer__revisions__published_at")))


def _replies(post: str) -> QuerySet[Reply]:
    return Reply.objects.filter(conversation__channel=CHANNEL, conversation__thread=post)
