"""Which area of the business a question belongs to."""

from django.db import models

from rejoinder.desk.models import BusinessArea
from rejoinder.listening.models import Question
from rejoinder.team.models import Advisor


class QuestionArea(models.Model):
    """A lead said whose it is. Without a row what a mention is about decides
    (`BusinessArea.intents`).
    """

    question = models.OneToOneField(Question, on_delete=models.CASCADE, related_name="+")
    area = models.ForeignKey(BusinessArea, on_delete=models.PROTECT, related_name="+")
    mapped_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")
    mapped_at = models.DateTimeField()
