"""Pictures and films of a draft: put in, said in words, taken out."""

from base64 import b64decode
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, File, Form, Router, Schema
from ninja.files import UploadedFile

from rejoinder.api import changing, shapes
from rejoinder.api.changing import Once
from rejoinder.api.entrance import actor
from rejoinder.api.problems import ProblemError
from rejoinder.desk import filming, picturing, refusals
from rejoinder.outbox.models import Picture
from rejoinder.plumbing import uploads
from rejoinder.plumbing.film import MOST
from rejoinder.team import access

router = Router(tags=["replies"])
_ALL = "/conversations/{id}/pictures"
_ONE = "/conversations/{id}/pictures/{picture}"


class PictureFile(Schema):
    """The file in base64, up to 1.8 MB of it, and what it shows in words. It is written anew as a
    JPEG without place or device; one for its reader alone may be bound by another number.
    """

    data: str = Field(max_length=2_400_000)
    alt: str = Field("", max_length=picturing.ALT)
    private: bool = False


class FilmWords(Schema):
    """What a film shows and says, beside its file."""

    alt: str = Field("", max_length=picturing.ALT)
    private: bool = False


class PictureWords(Schema):
    """What it shows, for people who cannot see it."""

    alt: str = Field(min_length=1, max_length=picturing.ALT)


class DraftPicture(Schema):
    """A picture of this colleague's draft; it leaves with the next reply, and not without words.
    With seconds it is a film.
    """

    id: UUID
    alt: str
    width: int
    height: int
    seconds: int


@router.get(_ALL, response=list[DraftPicture], operation_id="draft-pictures")
def drafted(request: HttpRequest, id: UUID) -> list[dict[str, Any]]:  # noqa: A002
    """Those of the draft, in the order they leave."""
    me = actor(request)
    access.require(me, access.DRAFT)
    return [_shown(row) for row in picturing.drafted(shapes.find(me, id), me)]


@router.post(_ALL, response=DraftPicture, operation_id="attach-picture")
def attach(request: HttpRequest, id: UUID, given: PictureFile, once: Once) -> HttpResponse:  # noqa: A002
    """Put a picture to the draft."""
    me = actor(request)
    talk = shapes.find(me, id)
    try:
        data = b64decode(given.data, validate=True)
    except ValueError:
        raise ProblemError(
            422, "unreadable", _("The file cannot be read: send it in base64.")
        ) from None
    return changing.once(
        request,
        once,
        lambda: _shown(picturing.attach(talk, me, data, given.alt, private=given.private)),
    )


@router.post("/conversations/{id}/films", response=DraftPicture, operation_id="attach-film")
def attach_film(
    request: HttpRequest,
    id: UUID,  # noqa: A002
    once: Once,
    words: Form[FilmWords],
    film: File[UploadedFile | None] = None,
) -> HttpResponse:
    """Put a film to the draft: MP4 with H.264 and AAC, written anew with what is seen and heard
    alone. It leaves without pictures, and as large and long as its channel takes.
    """
    me = actor(request)
    talk = shapes.find(me, id)
    allowed = filming.limit(talk, private=words.private)
    if uploads.passed_over(request) == uploads.TOO_LARGE:
        raise refusals.film_too_large(allowed.size if allowed else MOST)
    if film is None:
        raise ProblemError(422, "unreadable", _("Send the film as a file named film."))
    filming.require_size(film.size or 0, allowed)
    data = bytes(film.read())
    return changing.once(
        request,
        once,
        lambda: _shown(
            picturing.attach_film(talk, me, data, words.alt, private=words.private),
        ),
        body=lambda: f"{words.private}\n{words.alt}\n".encode() + data,
    )


@router.put(_ONE, response=DraftPicture, operation_id="describe-picture")
def describe(request: HttpRequest, id: UUID, picture: UUID, given: PictureWords) -> dict[str, Any]:  # noqa: A002
    """Say in words what it shows; the same again is the same, so it takes no key."""
    me = actor(request)
    access.require(me, access.DRAFT)
    talk = shapes.find(me, id)
    picturing.describe(picturing.find(talk, me, picture), given.alt)
    return _shown(picturing.find(talk, me, picture))


@router.post(f"{_ONE}/remove", operation_id="remove-picture")
def remove(request: HttpRequest, id: UUID, picture: UUID, once: Once) -> HttpResponse:  # noqa: A002
    """Take it out; its bytes are gone."""
    me = actor(request)
    access.require(me, access.DRAFT)
    talk = shapes.find(me, id)
    return changing.act(
        request, once, lambda who: picturing.remove(picturing.find(talk, me, picture), who)
    )


def _shown(row: Picture) -> dict[str, Any]:
    return {
        "id": str(row.public_id),
        "alt": row.alt,
        "width": row.width,
        "height": row.height,
        "seconds": row.seconds,
    }
