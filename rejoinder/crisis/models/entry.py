"""The timeline of a crisis: what was known, decided, said and done, in the order it came about."""

from typing import Any, NoReturn

from django.db import models

from rejoinder.crisis.models.crisis import Crisis
from rejoinder.team.models import Advisor

WORDS_CAP = 2000


class Kind(models.TextChoices):
    """What a line of the timeline tells of."""

    KNOWN = "known", "known"
    DECIDED = "decided", "decided"
    SAID = "said", "said"
    DONE = "done", "done"


class Did(models.TextChoices):
    """What the desk wrote down by itself; the pages say it in the reader's language."""

    ALARM = "alarm", "an alarm was raised"
    DECLARED = "declared", "declared"
    CHANGED_POLICY = "changed-policy", "changed policy"
    STATED = "stated", "stated"
    PROMISED = "promised", "promised"
    KEPT = "kept", "kept a promise"
    PUBLISHED = "published", "published an answer"
    SPREAD = "spread", "a publication arrived"
    NOT_SPREAD = "not-spread", "a publication was refused"
    PAUSED = "paused", "paused planned posts"
    RESUMED = "resumed", "resumed planned posts"
    LOCKED = "locked", "locked an account"
    UNLOCKED = "unlocked", "unlocked an account"
    STRANGER = "stranger", "heard a post that was not ours"
    INCIDENT = "incident", "linked an incident"
    REGULATOR = "regulator", "told a regulator"
    STOOD_DOWN = "stood-down", "stood down"


class _Written(models.QuerySet["Entry"]):
    """Rows that nobody takes back."""

    def update(self, **_: Any) -> NoReturn:
        raise TypeError("what a timeline says is corrected by a further entry")

    def delete(self) -> NoReturn:
        raise TypeError("what a timeline says is corrected by a further entry")


class Entry(models.Model):
    """One line, written once: `at` is when it came about, `noted_at` when it was written down.

    `by` None is the desk itself. `words` are a person's; of what the desk knows by itself, `did`
    tells what it is and `detail` has its figures.
    """

    crisis = models.ForeignKey(Crisis, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=10, choices=Kind)
    did = models.CharField(max_length=20, choices=Did, blank=True)
    at = models.DateTimeField()
    noted_at = models.DateTimeField()
    by = models.ForeignKey(Advisor, on_delete=models.PROTECT, null=True, related_name="+")
    words = models.TextField(max_length=WORDS_CAP, blank=True)
    detail = models.JSONField(default=dict)

    objects = _Written.as_manager()

    class Meta:
        indexes = [models.Index(fields=["crisis", "at", "id"], name="timeline")]

    def save(self, *args: Any, **values: Any) -> None:
        """Write it down. Raises TypeError for a line that is written already."""
        if not self._state.adding:
            raise TypeError("what a timeline says is corrected by a further entry")
        super().save(*args, **values)
