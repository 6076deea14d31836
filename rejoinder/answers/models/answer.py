"""One public answer, the questions it covers, and its revisions."""

from django.db import models
from django.db.models import Q

from rejoinder.listening.models import Question
from rejoinder.plumbing import ids
from rejoinder.team.models import Advisor


class Subject(models.TextChoices):
    """What a public answer is careful about: a second person reads it before it is published."""

    DATA_BREACH = "data-breach", "a data breach"
    EMERGENCY_CALLS = "emergency-calls", "emergency calls"
    CAUSE = "cause", "the cause"
    COMPENSATION = "compensation", "compensation"


class Answer(models.Model):
    """What the organisation says in public to a question, revised as facts change.

    `slug` is its address on the public page, `code` the one of its short link; neither changes.
    `language` is the one it is written in first: editions in others follow that one.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    code = models.CharField(max_length=12, unique=True)
    language = models.CharField(max_length=10, default="en-gb")
    careful = models.JSONField(default=list)  # values of Subject
    questions = models.ManyToManyField(Question, through="Covered", related_name="answers")
    opened_by = models.ForeignKey(
        Advisor, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    opened_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        Advisor, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)


class Covered(models.Model):
    """An answer covers a question from then on; a question has at most one live answer."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT)
    question = models.ForeignKey(Question, on_delete=models.PROTECT)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question"], condition=Q(until=None), name="one_live_answer_a_question"
            )
        ]


class Revision(models.Model):
    """One state of an answer in one language: a draft until `published_at`, never changed after.

    Revisions are counted in each language from 1. An edition in another language than the
    answer's own says in `follows` which revision of that one it says again; it is stale once a
    newer one is published. `short` is the answer in few words, for replies. `material` says that
    people who were told the one before should hear of it, `harmful` that what they were told may
    now do harm.
    """

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="revisions")
    language = models.CharField(max_length=10)
    number = models.PositiveIntegerField()
    follows = models.PositiveIntegerField(null=True)
    title = models.CharField(max_length=200)
    text = models.TextField()
    short = models.CharField(max_length=1000, blank=True)
    what_changed = models.TextField(blank=True)
    holds_from = models.DateTimeField(null=True)
    holds_until = models.DateTimeField(null=True)
    next_update_at = models.DateTimeField(null=True)
    regulators = models.CharField(max_length=300, blank=True)  # as shown: "Ofcom, 12:05"
    material = models.BooleanField(default=False)
    harmful = models.BooleanField(default=False)
    written_by = models.ForeignKey(
        Advisor, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    written_at = models.DateTimeField()
    writers = models.JSONField(default=list)  # rows of everybody who wrote on it
    checked_by = models.ForeignKey(
        Advisor, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    checked_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        Advisor, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    published_at = models.DateTimeField(null=True)
    # Published by one person alone although its subject asks for two: why.
    alone_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "language", "number"], name="one_revision_a_number"
            ),
            models.UniqueConstraint(
                fields=["answer", "language"],
                condition=Q(published_at=None),
                name="one_draft_a_language",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"],
                condition=Q(published_at__isnull=False),
                name="revision_newest",
            )
        ]
