"""What the careful reader learned: which mentions ask the same, and what advisors corrected."""

import logging
from contextlib import suppress
from pathlib import Path

from rejoinder.listening import correct, questions
from rejoinder.listening.alike import state
from rejoinder.listening.alike.alike import Alike, UnknownCardError, UnknownPostError
from rejoinder.listening.careful import precedent
from rejoinder.listening.careful.precedent import Precedent, Precedents
from rejoinder.listening.embedding.embed import embed
from rejoinder.listening.embedding.encoder import DIMENSIONS, Floats
from rejoinder.listening.models import Correction, Likeness, Mention
from rejoinder.plumbing import clock
from rejoinder.plumbing.models import Offset

_LEARNED = "careful.learned"  # the last correction that is in the saved memory
_NEWS = 1000  # corrections taken in at once

_log = logging.getLogger(__name__)


class Memory:
    """The likeness, kept in a folder, and the precedents, kept in the corrections themselves."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.alike = _remembered(folder)
        self._learned = Offset.objects.get_or_create(reader=_LEARNED)[0].value
        self._vectors: dict[int, Floats] = {}
        self.precedents = self._recall()

    def save(self) -> None:
        """Write the likeness, how good it is, and up to which correction it has learned."""
        state.save(self.alike, self._folder)
        _rate(self.alike)
        Offset.objects.filter(pk=_LEARNED).update(value=self._learned)

    def learn(self) -> None:
        """Take in what advisors said since: labels of questions, and precedents."""
        news = list(Correction.objects.filter(id__gt=self._learned).order_by("id")[:_NEWS])
        for row in news:
            if row.field == questions.QUESTION:
                self._label(row)
        if any(row.field in correct.FIELDS for row in news):
            self.precedents = self._recall()
        self._learned = news[-1].pk if news else self._learned

    def _label(self, row: Correction) -> None:
        with suppress(UnknownPostError):  # said of a mention from before the memory begins
            try:
                self.alike.name(row.was, row.now)
            except UnknownCardError:
                self.alike.label(str(row.mention_id), row.now)

    def _recall(self) -> Precedents:
        """The newest corrections by mention; only texts that are new here get their vectors."""
        rows = Correction.objects.filter(field__in=correct.FIELDS).order_by("-id")
        said: dict[int, dict[str, str]] = {}
        for row in rows[: precedent.KEPT]:
            said.setdefault(row.mention_id, {}).setdefault(row.field, row.now)
        new = Mention.objects.filter(pk__in=said.keys() - self._vectors.keys(), deleted_at=None)
        texts = dict(new.values_list("pk", "text"))
        if texts:
            self._vectors.update(zip(texts, embed(list(texts.values())), strict=True))
        self._vectors = {pk: one for pk, one in self._vectors.items() if pk in said}
        order = [pk for pk in reversed(said) if pk in self._vectors]
        return Precedents([Precedent(self._vectors[pk], said[pk]) for pk in order])


def _rate(alike: Alike) -> None:
    """For people to see, a row a day."""
    right, covered, _ = alike.quality()
    if covered.posts:
        values = {
            "right": right.value,
            "right_low": right.low,
            "right_high": right.high,
            "judged": right.posts,
            "covered": covered.value,
            "posts": covered.posts,
        }
        Likeness.objects.update_or_create(day=clock.now().date(), defaults=values)


def _remembered(folder: Path) -> Alike:
    """What the likeness knew; what cannot be read is put aside, and it begins anew."""
    try:
        return state.load(folder, DIMENSIONS) or Alike(DIMENSIONS)
    except state.BadStateError as error:
        aside = folder.with_name(f"{folder.name}-{clock.now():%Y%m%d%H%M%S}")
        _log.error("%s. It is kept as %s; questions are learned anew.", error, aside.name)
        folder.rename(aside)
        return Alike(DIMENSIONS)
