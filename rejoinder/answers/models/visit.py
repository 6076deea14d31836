"""How often the short link of an answer was followed."""

from django.db import models

from rejoinder.answers.models.answer import Answer


class Visit(models.Model):
    """A number for each day (UTC), and nothing about anybody."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, db_index=False)
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "day"], name="one_count_a_day")]
