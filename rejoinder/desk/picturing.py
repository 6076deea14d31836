"""Pictures and films in a draft: without what they hide, said in words, sent with the reply.

They follow their writer to another device as the words do, and come back with them when a reply is
taken back or refused. Nobody sends one without saying what it shows.
"""

import logging
from datetime import timedelta
from math import ceil
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from rejoinder.channels import registry
from rejoinder.desk import filming, mine, refusals
from rejoinder.desk.models import Draft
from rejoinder.listening.models import Conversation
from rejoinder.outbox.models import Picture, Reply
from rejoinder.plumbing import clock, live, scanner
from rejoinder.plumbing.film import Filmed
from rejoinder.plumbing.picture import Drawn, NoPictureError, ours
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

ALT = 1000  # characters of what it shows (docs.x.com, media metadata: alt_text)
FORGOTTEN = timedelta(days=30)

_LOG = logging.getLogger(__name__)


def most(conversation: Conversation, *, private: bool) -> int:
    """How many a reply to it may carry; 0 where its channel takes none."""
    channel = registry.channels().get(conversation.channel)
    if channel is None:
        return 0
    alone = private and channel.can.private
    return channel.can.private_pictures if alone else channel.can.pictures


def drafted(conversation: Conversation, actor: Advisor) -> QuerySet[Picture]:
    """Those of the actor's own draft, in the order they came; their bytes are not read."""
    rows = Picture.objects.filter(conversation=conversation, advisor=actor, reply=None)
    return rows.defer("data").order_by("pk")


def attach(
    conversation: Conversation, actor: Advisor, data: bytes, alt: str = "", *, private: bool = False
) -> Picture:
    """Take a picture into the draft; the words for it may come later.

    Raises NotYoursError, and CannotError for what is no picture or one too many.
    """
    _scan(data)
    try:
        drawn = ours(data)
    except NoPictureError as error:
        raise refusals.no_picture(str(error)) from None
    with transaction.atomic():
        mine.require(conversation, actor, access.DRAFT)
        allowed = most(conversation, private=private)
        there = drafted(conversation, actor)
        if there.filter(seconds__gt=0).exists():
            raise refusals.film_alone()
        if there.count() >= allowed:
            raise refusals.too_many_pictures(allowed)
        found = keep(conversation, actor, drawn, alt)
        audit.line(actor, "put a picture to the draft about", conversation.public_id)
    return found


def attach_film(
    conversation: Conversation, actor: Advisor, data: bytes, alt: str = "", *, private: bool = False
) -> Picture:
    """Take a film into the draft, alone; the words for it may come later.

    Raises NotYoursError, and CannotError for what is no film, or more than its channel takes.
    """
    allowed = filming.limit(conversation, private=private)
    filming.require_size(len(data), allowed)
    _scan(data)
    made = filming.made(data, allowed)
    with transaction.atomic():
        mine.require(conversation, actor, access.DRAFT)
        if drafted(conversation, actor).exists():
            raise refusals.film_alone()
        found = keep(conversation, actor, made, alt, seconds=ceil(made.seconds))
        audit.line(actor, "put a film to the draft about", conversation.public_id)
    return found


def _scan(data: bytes) -> None:
    """Before anything opens it. Raises CannotError."""
    try:
        scanner.scan(data)
    except scanner.InfectedError as error:
        raise refusals.infected(str(error)) from None
    except scanner.NotScannedError as error:
        _LOG.warning("A file was not taken, since the scanner did not look at it: %s", error)
        raise refusals.not_scanned() from None


def keep(
    conversation: Conversation, actor: Advisor, made: Drawn | Filmed, alt: str, seconds: int = 0
) -> Picture:
    """Put it to the draft as it is; with `seconds` it is a film."""
    live.changed(live.conversation(conversation.public_id))
    return Picture.objects.create(
        conversation=conversation,
        advisor=actor,
        data=made.data,
        width=made.width,
        height=made.height,
        seconds=seconds,
        alt=_words(alt),
        at=clock.now(),
    )


def find(conversation: Conversation, actor: Advisor, public_id: UUID) -> Picture:
    """One of the actor's own draft. Raises CannotError when it is not there."""
    found = drafted(conversation, actor).filter(public_id=public_id).first()
    if found is None:
        raise refusals.picture_gone()
    return found


def describe(picture: Picture, alt: str) -> None:
    """What it shows, in words. Done by its writer (`find`); a draft's words leave no line."""
    rows = Picture.objects.filter(pk=picture.pk, reply=None)
    rows.exclude(alt=_words(alt)).update(alt=_words(alt))


def remove(picture: Picture, actor: Advisor) -> None:
    """Take it out of the draft; its bytes are gone."""
    with transaction.atomic():
        if Picture.objects.filter(pk=picture.pk, advisor=actor, reply=None).delete()[0]:
            talk = picture.conversation
            if picture.seconds:
                audit.line(actor, "took a film out of the draft about", talk.public_id)
            else:
                audit.line(actor, "took a picture out of the draft about", talk.public_id)
            live.changed(live.conversation(talk.public_id))


def require(conversation: Conversation, actor: Advisor, *, private: bool) -> None:
    """Whether the draft's pictures can leave. Raises CannotError with what to do."""
    rows = list(drafted(conversation, actor))
    filming.require(conversation, rows, private=private)
    still = [row for row in rows if not row.seconds]
    allowed = most(conversation, private=private)
    if len(still) > allowed:
        raise refusals.too_many_pictures(allowed)
    if not all(row.alt for row in rows):
        raise refusals.picture_without_words() if still else refusals.film_without_words()


def go_with(reply: Reply) -> None:
    """The pictures of its writer's draft are the reply's. Raises CannotError where a person
    sends it by hand.
    """
    found = drafted(reply.conversation, reply.advisor)
    if found.update(reply=reply) and reply.by_hand:
        raise refusals.pictures_by_hand()


def come_back(reply: Reply) -> None:
    """What did not leave is in its writer's draft again."""
    Picture.objects.filter(reply=reply).update(reply=None)


def pass_on(conversation: Conversation, giver: Advisor, taker: Advisor) -> None:
    """Pictures of one colleague's draft go on in another's."""
    drafted(conversation, giver).update(advisor=taker)


def forget() -> int:
    """Delete those of drafts that nobody has written in for a month; how many."""
    written = Draft.objects.filter(
        conversation=OuterRef("conversation"),
        advisor=OuterRef("advisor"),
        saved_at__gt=clock.now() - FORGOTTEN,
    )
    old = Picture.objects.filter(reply=None, at__lt=clock.now() - FORGOTTEN)
    return old.exclude(Exists(written)).delete()[0]


def _words(alt: str) -> str:
    return " ".join(alt.split())[:ALT]
