"""The themes of an area by e-mail, and what the area answers."""

from django.db import models
from django.utils.dates import WEEKDAYS

from rejoinder.desk.models import BusinessArea, Expert
from rejoinder.listening.models import Question
from rejoinder.plumbing import ids
from rejoinder.team.models import Advisor


class DigestTime(models.Model):
    """Who of an area hears of its themes, and when: a day of the week (Monday is 0) and an hour on
    the organisation's clock. `set_by` empty: chosen by the expert.
    """

    area = models.OneToOneField(BusinessArea, on_delete=models.PROTECT, related_name="+")
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    hour = models.PositiveSmallIntegerField()
    set_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField()

    @property
    def day_name(self) -> str:
        """Its day of the week in the reader's language."""
        return str(WEEKDAYS[self.weekday])


class Digest(models.Model):
    """One that was due: the week from `first` on, its page, and the e-mail that tells of it.
    `mail_due_at` empty: sent, or given up. Its figures are read anew whenever the page is opened.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    area = models.ForeignKey(BusinessArea, on_delete=models.PROTECT, related_name="+")
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="+")
    first = models.DateField()
    due_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    mail_due_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    mailed_at = models.DateTimeField(null=True)
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "due_at"], name="one_digest_a_time")]
        indexes = [
            models.Index(
                fields=["mail_due_at"],
                condition=models.Q(mail_due_at__isnull=False),
                name="digest_mail_due",
            )
        ]


class AreaWord(models.Model):
    """What an area says to the desk, of one question or of all that it hears. `text` is masked."""

    digest = models.ForeignKey(Digest, on_delete=models.PROTECT, related_name="said")
    area = models.ForeignKey(BusinessArea, on_delete=models.PROTECT, related_name="+")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, null=True, related_name="+")
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-at"], name="area_words_newest")]
