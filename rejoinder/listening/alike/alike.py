"""Posts in, questions out; labels in, learned at once. Likeness proposes, a person names."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np

from rejoinder.listening.alike import control
from rejoinder.listening.alike.arrays import Doubles, Floats, Whole
from rejoinder.listening.alike.change import Change, Hearing
from rejoinder.listening.alike.clusters import Clusters
from rejoinder.listening.alike.confidence import Confidence
from rejoinder.listening.alike.control import Share
from rejoinder.listening.alike.evidence import OVER_NEW, weigh
from rejoinder.listening.alike.exemplars import Exemplars
from rejoinder.listening.alike.lexicon import Lexicon, Words, hashed
from rejoinder.listening.alike.questions import Questions
from rejoinder.listening.alike.recent import NOTHING, Recent

BLOCK = 64  # posts weighed at a time
JUDGED = 3000  # newest judged posts that the confidence and its cut are learned from
OFTEN, GROWTH = 10, 0.04  # judged posts, and share of them, before both are learned again
ASKERS = 2  # people in a micro-cluster before its provisional name is given
DOUBTFUL = 0.5  # a learned question likelier than this is no new one
EXAMPLES = 5


class UnknownPostError(KeyError):
    """A label for a post that was never heard or is no longer remembered."""


class UnknownCardError(KeyError):
    """A provisional name that was never given, has got its name, or is gone."""


class Match(NamedTuple):
    """What one post asks: a learned name, a provisional one, or None when it is not sure."""

    id: str
    question: str | None
    confidence: float
    provisional: bool = False
    change: Change | None = None


class Card(NamedTuple):
    """A proposed question: how many people ask it, and the ids of posts in its middle."""

    name: str
    people: int
    posts: int
    examples: tuple[str, ...]
    first: str
    last: str


class Quality(NamedTuple):
    """What advisors' labels say: precision of suggestions made, coverage of all posts."""

    precision: Share
    coverage: Share
    cut: float


class Alike:
    """Learns which question each post asks. One writer; keep it in one process."""

    def __init__(self, dimensions: int, target: float = control.TARGET) -> None:
        self.target = target
        self.questions = Questions(dimensions)
        self.exemplars = Exemplars(dimensions)
        self.lexicon = Lexicon()
        self.confidence = Confidence()
        self.recent = Recent(dimensions)
        self.clusters = Clusters(dimensions)
        self.hearings: dict[int, Hearing] = {}
        self.cut = max(control.UNTRIED, target)
        self.judged = self.learned_at = 0
        self._map: tuple[int, Floats] | None = None

    def take(
        self,
        ids: Sequence[str],
        persons: Sequence[str | None],
        vectors: Floats,
        texts: Sequence[str],
    ) -> list[Match]:
        """Hear posts in the order of time; the same as hearing them one by one.

        `vectors` are rows of unit length. A post without a person counts as somebody new.
        """
        out: list[Match] = []
        for at in range(0, len(ids), BLOCK):
            some = slice(at, at + BLOCK)
            out += self._take(ids[some], persons[some], vectors[some], texts[some])
        return out

    def label(self, post: str, question: str) -> None:
        """An advisor says what a post asks: learned at once; a later label replaces it.

        Raises UnknownPostError.
        """
        row = self.recent.find(post)
        if row is None:
            raise UnknownPostError(post)
        new = self.questions.index(question)
        old = int(self.recent.label[row])
        if old != new:
            if old != NOTHING:
                self._unlearn(row, old)
            self._learn(row, new)
        self.clusters.take(int(self.recent.cluster[row]))

    def name(self, provisional: str, question: str) -> None:
        """A person names a card: the posts in its middle get the label. UnknownCardError."""
        number = self._number(provisional)
        for row in self._middle(number):
            if self.recent.label[row] == NOTHING:
                self.label(self.recent.ids[row], question)
        self.clusters.take(number)

    def cards(self) -> list[Card]:
        """Proposed questions, most people first."""
        found = [self._card(number, name) for number, name in self.clusters.names.items()]
        shown = [card for card in found if card is not None and card.people >= ASKERS]
        return sorted(shown, key=lambda card: (-card.people, card.name))

    def people(self, provisional: Collection[str]) -> dict[str, int]:
        """How many people ask each of these cards; what is no card is left out."""
        numbers = {n: name for n, name in self.clusters.names.items() if name in provisional}
        return {name: self.clusters.size_of(number)[0] for number, name in numbers.items()}

    def quality(self) -> Quality:
        """Over the posts that are remembered."""
        made, judged = self.recent.judged()
        rows = slice(0, len(self.recent))
        right = self.recent.suggestion[rows] == self.recent.label[rows]
        both = made & judged
        precision = control.share(int((both & right).sum()), int(both.sum()))
        return Quality(precision, control.share(int(made.sum()), len(self.recent)), self.cut)

    def _take(
        self,
        ids: Sequence[str],
        persons: Sequence[str | None],
        vectors: Floats,
        texts: Sequence[str],
    ) -> list[Match]:
        words = hashed(texts)
        rows = self.recent.put(ids, vectors, words)
        self.questions.see(vectors)
        sure, said = self._weigh(rows, vectors, words)
        out = []
        for i, post in enumerate(ids):
            if sure[i]:
                out.append(self._suggest(int(rows[i]), post, float(said[i]), vectors[i], texts[i]))
            else:
                person = persons[i]
                asker = f"{post}\n{self.questions.posts}" if person is None else person
                out.append(self._propose(int(rows[i]), post, asker, float(said[i]), vectors[i]))
        return out

    def _weigh(self, rows: Whole, vectors: Floats, words: Words) -> tuple[list[bool], Doubles]:
        """Which posts a learned question is suggested for, and how likely it is right."""
        if not self.questions.labels:
            return [False] * len(rows), np.zeros(len(rows))
        found = weigh(self.questions, self.exemplars, self.lexicon, vectors, words)
        said = self.confidence.of(found.features)
        self.recent.features[rows] = found.features
        self.recent.suggestion[rows] = found.best
        sure = (said >= self.cut) & (found.features[:, OVER_NEW] > 0)
        self.recent.sure[rows] = sure
        return sure.tolist(), said

    def _suggest(self, row: int, post: str, said: float, vector: Floats, text: str) -> Match:
        question = int(self.recent.suggestion[row])
        name = self.questions.names[question]
        if question not in self.hearings:
            self.hearings[question] = Hearing(len(vector))
        hearing = self.hearings[question]
        change = None
        if hearing.hear(vector, text, self._telling(), self.questions.fitted_at):
            change = Change(name, hearing.told())
            hearing.renew()
        return Match(post, name, round(said, 4), change=change)

    def _propose(self, row: int, post: str, asker: str, said: float, vector: Floats) -> Match:
        joined = self.clusters.join(vector, post, asker)
        self.recent.cluster[row] = joined.number
        for old, new in self.clusters.moved.items():
            self.recent.cluster[self.recent.cluster == old] = new
        self.clusters.moved.clear()
        name = self.clusters.name(joined.number)
        if name is None or joined.people < ASKERS or said >= DOUBTFUL:
            return Match(post, None, round(said, 4))
        return Match(post, name, round(1 - said, 4), provisional=True)

    def _telling(self) -> Floats:
        if self._map is None or self._map[0] != self.questions.fitted_at:
            self._map = self.questions.fitted_at, self.questions.telling()
        return self._map[1]

    def _learn(self, row: int, question: int) -> None:
        vector = self.recent.vector(row)
        self.questions.add(question, vector)
        self.exemplars.add(question, vector)
        self.lexicon.add(question, self.recent.words[row])
        self.recent.label[row] = question
        if self.recent.suggestion[row] != NOTHING:
            self.judged += 1
            if self.judged >= self.learned_at + OFTEN + GROWTH * self.learned_at:
                self._judge()

    def _unlearn(self, row: int, question: int) -> None:
        vector = self.recent.vector(row)
        self.questions.add(question, vector, -1)
        self.exemplars.remove(question, vector)
        self.lexicon.add(question, self.recent.words[row], -1)

    def _judge(self) -> None:
        """Learn the confidence and its cut from suggestions as they were when they were made."""
        self.learned_at = self.judged
        made, judged = self.recent.judged()
        weights = control.weights(made, judged)
        rows = self._newest(np.flatnonzero(judged))
        weights = weights[np.searchsorted(np.flatnonzero(judged), rows)]
        features = self.recent.features[rows]
        right = self.recent.suggestion[rows] == self.recent.label[rows]
        self.confidence.learn(features, right, weights)
        self.cut = control.cut(self.confidence.of(features), right, weights, self.target)

    def _newest(self, rows: Whole) -> Whole:
        """The rows of the ring that were written last, in no order of time."""
        age = (self.recent.next - 1 - rows) % self.recent.cap
        return np.sort(rows[np.argsort(age, kind="stable")[:JUDGED]])

    def _number(self, provisional: str) -> int:
        for number, name in self.clusters.names.items():
            if name == provisional:
                return number
        raise UnknownCardError(provisional)

    def _members(self, number: int) -> Whole:
        rows = np.flatnonzero(self.recent.cluster[: len(self.recent)] == number)
        age = (self.recent.next - 1 - rows) % self.recent.cap
        return rows[np.argsort(-age, kind="stable")]

    def _middle(self, number: int) -> list[int]:
        rows = self._members(number)
        likeness = self.clusters.likeness(number, self.recent.vectors[rows].astype(np.float32))
        return [int(row) for row in rows[np.argsort(-likeness, kind="stable")[:EXAMPLES]]]

    def _card(self, number: int, name: str) -> Card | None:
        rows = self._members(number)
        if not len(rows):
            return None
        middle = tuple(self.recent.ids[row] for row in self._middle(number))
        people, posts = self.clusters.size_of(number)
        first, last = self.recent.ids[rows[0]], self.recent.ids[rows[-1]]
        return Card(name, people, posts, middle, first, last)
