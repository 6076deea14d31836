"""What was understood: readings, what advisors corrected, questions, and safety cards."""

from django.db import models

from rejoinder.team.models import Advisor


class Need(models.IntegerChoices):
    """What a person needs, in the order of the queue. Reading fills it in."""

    URGENT = 0, "Urgent"
    SPECIFIC = 1, "Specific"
    COMMON = 2, "Common"
    VENT = 3, "Vent"
    ABUSE = 4, "Abuse"
    NONE = 5, "None"


class ReadWith(models.IntegerChoices):
    """What the reading of a mention comes from."""

    NOTHING = 0, "not read"  # our own words, and what was heard before there were readings
    FAST = 1, "at a glance"  # on every post; the careful one is still to come
    CAREFUL = 2, "with care"
    ADVISOR = 3, "by an advisor"
    LATE = 4, "at a glance, and too late for more"


class Correction(models.Model):
    """An advisor said what is right: a label that later readings learn from.

    `field` is a field of the reading or "question"; `was` is what the desk had said.
    """

    mention_id = models.BigIntegerField(db_index=True)
    field = models.CharField(max_length=20)
    was = models.CharField(max_length=200, blank=True)
    now = models.CharField(max_length=200)
    advisor = models.ForeignKey(Advisor, on_delete=models.PROTECT, db_index=False)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["field", "id"], name="corrections_of_field")]


class Question(models.Model):
    """Many mentions that ask the same. Found by likeness under a provisional name; a person names
    it, and only then is it a question; `dismissed_at` says that a person found it none.
    """

    provisional = models.CharField(max_length=40, unique=True, null=True)
    name = models.CharField(max_length=200, blank=True)
    people = models.PositiveIntegerField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    named_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, null=True, db_index=False)
    named_at = models.DateTimeField(null=True)
    dismissed_at = models.DateTimeField(null=True)
    # What people ask has changed since: noticed then, with the words that are new.
    changed_at = models.DateTimeField(null=True)
    change = models.CharField(max_length=300, blank=True)
    # A lead said that each who asks it is urgent.
    urgent_by = models.ForeignKey(
        Advisor, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    urgent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=~models.Q(name=""), name="one_question_a_name"
            )
        ]


class Likeness(models.Model):
    """How good likeness was on one day, as advisors' labels of the newest posts say: the share of
    its suggestions that were right (with its 95 % interval), and of the posts that it had one for.
    """

    day = models.DateField(unique=True)
    right = models.FloatField()
    right_low = models.FloatField()
    right_high = models.FloatField()
    judged = models.PositiveIntegerField()
    covered = models.FloatField()
    posts = models.PositiveIntegerField()


class SafetyCard(models.Model):
    """Somebody may be in danger: owned by a lead from when it is taken to when it is closed."""

    class Kind(models.TextChoices):
        SELF_HARM = "self-harm", "self-harm"
        THREAT = "threat", "threat"
        DOMESTIC_ABUSE = "domestic-abuse", "domestic abuse"
        STALKING = "stalking", "stalking"

    mention_id = models.BigIntegerField()
    kind = models.CharField(max_length=20, choices=Kind)
    opened_at = models.DateTimeField()
    owner = models.ForeignKey(Advisor, on_delete=models.PROTECT, null=True, db_index=False)
    owned_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mention_id", "kind"], name="one_card_a_danger")
        ]
        indexes = [
            models.Index(
                fields=["opened_at"], condition=models.Q(closed_at=None), name="open_cards"
            )
        ]
