"""What was heard: people, their conversations, their mentions, and counts by the minute."""

from django.db import models
from django.db.models import Q

from rejoinder.channels.models import Account
from rejoinder.listening.models.reading import Need, ReadWith
from rejoinder.plumbing import ids
from rejoinder.team.models import Advisor


class Person(models.Model):
    """Somebody outside, on one channel. Handles on different channels are not joined here.

    `followed` says roughly how many follow them (`intake/normalise.followed`), where the platform
    told; it is for the statement on equal waits alone, and nobody is shown it.
    """

    channel = models.CharField(max_length=30)
    external_id = models.CharField(max_length=300)
    handle = models.CharField(max_length=300, blank=True)
    name = models.CharField(max_length=300, blank=True)
    followed = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "external_id"], name="one_person_per_handle")
        ]


class Conversation(models.Model):
    """One person in one thread: what is taken, answered and closed.

    It waits while `waiting_since` is set, and is somebody's while `holder` is. Many people under
    one post are many conversations; the page shows each with the whole thread.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    channel = models.CharField(max_length=30)
    thread = models.CharField(max_length=500)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_constraint=False, db_index=False
    )
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, db_constraint=False, db_index=False
    )
    need = models.PositiveSmallIntegerField(choices=Need, default=Need.COMMON)
    opened_at = models.DateTimeField()
    last_at = models.DateTimeField()
    waiting_since = models.DateTimeField(null=True)
    reopened = models.BooleanField(default=False)
    # Our last reply; empty again once it is closed.
    answered_at = models.DateTimeField(null=True)
    # Found by `queue_mine`, which holds only what is held.
    holder = models.ForeignKey(Advisor, on_delete=models.PROTECT, null=True, db_index=False)
    held_at = models.DateTimeField(null=True)
    # Why the plan keeps an answer back for now, by its code, and until when it looks again. Only
    # for people who are not in urgent need: those are never kept waiting by a plan.
    kept_back = models.CharField(max_length=20, null=True)
    kept_until = models.DateTimeField(null=True)
    # The mention shown in the queue; no constraint, so that a batch of rows goes in as one COPY.
    last_mention_id = models.BigIntegerField(null=True)
    # A post that came late may show that two threads are one: this one went on in that one.
    joined_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "thread", "person"], name="one_person_one_thread"
            )
        ]
        indexes = [
            # The queue: what nobody holds and the plan lets go, need first, then age. Claiming
            # reads its first row.
            models.Index(
                fields=["need", "waiting_since", "id"],
                condition=Q(waiting_since__isnull=False, holder__isnull=True)
                & (Q(kept_back__isnull=True) | Q(need=Need.URGENT)),
                name="queue_free",
            ),
            # The page of the queue shows held ones too.
            models.Index(
                fields=["need", "waiting_since", "id"],
                condition=Q(waiting_since__isnull=False),
                name="queue_waiting",
            ),
            # What the plan keeps back: few among those who wait, often none.
            models.Index(
                fields=["need", "waiting_since", "id"],
                condition=Q(kept_back__isnull=False),
                name="queue_kept_back",
            ),
            models.Index(
                fields=["holder", "need", "waiting_since", "id"],
                condition=Q(holder__isnull=False),
                name="queue_mine",
            ),
            # Those whose next word we wait for, newest answer first.
            models.Index(
                fields=["-answered_at", "-id"],
                condition=Q(answered_at__isnull=False, waiting_since__isnull=True),
                name="answered_newest",
            ),
            # What a person said before. Without the time, which changes with every word of theirs.
            models.Index(fields=["person"], name="talks_of_person"),
        ]


class Mention(models.Model):
    """One post, comment, message, call or form that is about us.

    Written in batches by `store`; foreign keys carry no database constraint, because the batch
    itself made the rows they name (docs/decisions/0006). What we said ourselves (`ours`) belongs
    to the thread and to no conversation: nobody waits for an answer to it.
    """

    channel = models.CharField(max_length=30)
    external_id = models.CharField(max_length=500)
    account = models.ForeignKey(
        Account, on_delete=models.DO_NOTHING, null=True, db_constraint=False, db_index=False
    )
    conversation = models.ForeignKey(
        Conversation, on_delete=models.DO_NOTHING, null=True, db_constraint=False
    )
    person = models.ForeignKey(
        Person, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False
    )
    thread = models.CharField(max_length=500)
    in_reply_to = models.CharField(max_length=500, null=True)
    text = models.TextField()
    created_at = models.DateTimeField()
    heard_at = models.DateTimeField()
    time_known = models.BooleanField(default=True)
    tagged = models.BooleanField(default=True)
    public = models.BooleanField(default=True)
    ours = models.BooleanField(default=False)
    url = models.CharField(max_length=1000, blank=True)
    language = models.CharField(max_length=20, blank=True)
    media = models.JSONField(default=list)
    ref = models.JSONField(default=dict)
    # Others do not see it there, whoever saw to that.
    hidden = models.BooleanField(default=False, db_default=False)
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    # The reading, as `rejoinder read` gives it: what is asked for in queries stands in columns.
    need = models.PositiveSmallIntegerField(choices=Need, null=True)
    intent = models.CharField(max_length=12, blank=True, db_default="")
    sentiment = models.CharField(max_length=8, blank=True, db_default="")
    reading = models.JSONField(null=True)
    read_with = models.PositiveSmallIntegerField(choices=ReadWith, db_default=ReadWith.NOTHING)
    # The mention that this one is a copy of, and the question it asks; no constraints, as above.
    copy_of = models.BigIntegerField(null=True)
    question_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "external_id"], name="heard_once")
        ]
        indexes = [
            models.Index(fields=["channel", "thread"], name="whole_thread"),
            # What the careful reader has still to read: neediest first, and newest of those.
            models.Index(
                fields=["need", "-id"], condition=Q(read_with=ReadWith.FAST), name="to_be_read"
            ),
            models.Index(
                fields=["copy_of"], condition=Q(copy_of__isnull=False), name="copies_of_it"
            ),
            models.Index(
                fields=["question_id", "-id"],
                condition=Q(question_id__isnull=False),
                name="asks_this",
            ),
            models.Index(
                fields=["-id"], condition=Q(intent="praise", ours=False), name="praised_newest"
            ),
        ]


class MinuteCount(models.Model):
    """How many mentions were written in a minute on a channel."""

    channel = models.CharField(max_length=30)
    minute = models.DateTimeField()
    mentions = models.PositiveIntegerField(default=0)
    untagged = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "minute"], name="one_count_a_minute")
        ]
        # What is usual is read from the same hours of earlier weeks.
        indexes = [models.Index(fields=["minute"], name="minutes")]


class Unreadable(models.Model):
    """Something heard that could not be kept as a mention, with the reason."""

    channel = models.CharField(max_length=30)
    external_id = models.CharField(max_length=500, blank=True)
    heard_at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    start = models.TextField(blank=True)


class Early(models.Model):
    """An edit or a deletion that came before its post; applied when the post arrives."""

    channel = models.CharField(max_length=30)
    external_id = models.CharField(max_length=500)
    deleted = models.BooleanField()
    text = models.TextField(blank=True)
    media = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "external_id"], name="one_early_a_post")
        ]


class LeftThere(models.Model):
    """A recording of somebody who was erased, by its post: deleted where it was made, as soon as
    the other end answers.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, db_index=False)
    external_id = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "external_id"], name="left_there_once")
        ]


class Import(models.Model):
    """How far a file was read, so that an import that was stopped goes on there."""

    fingerprint = models.CharField(max_length=64)
    channel = models.CharField(max_length=30)
    name = models.CharField(max_length=300)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    lines = models.BigIntegerField(default=0)
    read = models.BigIntegerField(default=0)
    kept = models.BigIntegerField(default=0)
    duplicates = models.BigIntegerField(default=0)
    refused = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fingerprint", "channel"], name="one_import_a_file")
        ]
