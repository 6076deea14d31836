"""A draft on its way from a trainee to a colleague who sends it or gives it back."""

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from rejoinder.desk import drafting, mine, picturing, refusals, take
from rejoinder.desk.models import Assignment, Draft, DraftReview
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Conversation
from rejoinder.outbox.models import Reply
from rejoinder.plumbing import clock, live
from rejoinder.privacy.find import masked
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

WORD = 1000


def waiting() -> QuerySet[DraftReview]:
    """What nobody looks at yet and the trainee still has."""
    rows = DraftReview.objects.filter(ended_at=None, mentor=None)
    return rows.filter(conversation__holder=F("trainee"))


def ask(talk: Conversation, trainee: Advisor, text: str) -> DraftReview:
    """Ask for a look. Asking twice asks once, with the newer words.

    Raises NotYoursError, and CannotError when nothing is written.
    """
    words = text.strip()
    with transaction.atomic():
        mine.require(talk, trainee, access.DRAFT)
        drafting.save_draft(talk, trainee, text)
        if not words:
            raise refusals.nothing_written()
        row = waiting().filter(conversation=talk).first()
        if row is None:
            row = DraftReview(conversation=talk, trainee=trainee, asked_at=clock.now())
        row.text = words
        row.save()
        take.tell(talk, trainee, "asked for a look at a draft about")
    return row


def take_up(review: DraftReview, mentor: Advisor) -> Conversation:
    """The conversation and the words are the mentor's now; the trainee keeps the draft.

    Raises CannotError when it waits no more.
    """
    access.require(mentor, access.ANSWER)
    with transaction.atomic():
        talk = _locked(review.conversation)
        row = waiting().filter(pk=review.pk).select_related("trainee").first()
        if row is None:
            raise CannotError(_("This draft waits for nobody any more. Look at the list again."))
        written = drafting.draft(talk, row.trainee)
        if written and written.text.strip():
            row.text = written.text.strip()
        row.mentor = mentor
        row.save(update_fields=["text", "mentor"])
        take.free(talk, mentor, "looked over")
        _give(talk, mentor)
        kept = drafting.add_to_draft(talk, mentor, row.text, between="\n\n")
        picturing.pass_on(talk, row.trainee, mentor)
        if written and written.private:
            Draft.objects.filter(pk=kept.pk).update(private=True)
        take.tell(talk, mentor, "took up a draft about", of=row.trainee.email)
    return talk


def open_of(talk: Conversation) -> DraftReview | None:
    """What is being looked at, or waits for it, in a conversation; None once somebody else has it.

    The colleague who let go of it, or lost it, is its mentor no more.
    """
    rows = DraftReview.objects.filter(conversation=talk, ended_at=None)
    if talk.holder_id is None:
        return None
    theirs = rows.filter(mentor=talk.holder_id) | rows.filter(mentor=None, trainee=talk.holder_id)
    return theirs.select_related("trainee", "mentor").order_by("-asked_at", "-id").first()


def give_back(review: DraftReview, mentor: Advisor, word: str) -> None:
    """The trainee writes on, with a word to go by. Raises CannotError without one."""
    access.require(mentor, access.ANSWER)
    said = masked(word.strip(), WORD)
    if not said:
        raise CannotError(_("Say in a few words what would make it better."))
    with transaction.atomic():
        talk = _locked(review.conversation)
        row = open_of(talk)
        if row is None or row.pk != review.pk or row.mentor_id != mentor.pk:
            raise refusals.NotYoursError(str(talk.holder) if talk.holder else None)
        if not access.may(row.trainee, access.DRAFT):
            raise refusals.no_such_colleague()
        take.free(talk, mentor, "given back")
        _give(talk, row.trainee)
        mine = Draft.objects.filter(conversation=talk, advisor=mentor)
        mine.update(text="", private=False, machine_at=None)
        _end(row, DraftReview.Outcome.GIVEN_BACK, word=said)
        take.tell(talk, mentor, "gave back a draft about", to=row.trainee.email)


def sent(talk: Conversation, mentor: Advisor, reply: Reply) -> None:
    """What a mentor sends in it ends the look; in the caller's transaction."""
    rows = DraftReview.objects.filter(conversation=talk, mentor=mentor, ended_at=None)
    for row in rows:
        _end(row, DraftReview.Outcome.SENT, reply=reply)


def say(review: DraftReview, mentor: Advisor, word: str) -> None:
    """A word about one that left. Only its mentor says it; raises CannotError without one."""
    access.require(mentor, access.ANSWER)
    said = masked(word.strip(), WORD)
    if not said:
        raise CannotError(_("Say in a few words what was good, or would make it better."))
    with transaction.atomic():
        mine_ = DraftReview.objects.filter(pk=review.pk, mentor=mentor, ended_at__isnull=False)
        if mine_.update(word=said):
            audit.line(mentor, "said a word about a draft", review.pk)
            live.changed(live.QUEUE)


def _locked(talk: Conversation) -> Conversation:
    take.lock(talk)
    return talk


def _give(talk: Conversation, whose: Advisor) -> None:
    talk.holder, talk.held_at = whose, clock.now()
    talk.save(update_fields=["holder", "held_at"])
    Assignment.objects.create(conversation=talk, advisor=whose, at=clock.now())


def _end(
    row: DraftReview, outcome: DraftReview.Outcome, *, reply: Reply | None = None, word: str = ""
) -> None:
    row.outcome, row.ended_at, row.reply, row.word = outcome, clock.now(), reply, word
    row.save(update_fields=["outcome", "ended_at", "reply", "word"])
