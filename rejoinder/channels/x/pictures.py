"""Pictures of ours on X: brought there, said in words, then named by the post.

https://docs.x.com/x-api/media/upload-media and …/create-media-metadata
"""

from base64 import b64encode

from rejoinder.channels.contract import Picture, Refused, TroubleError, TryLater
from rejoinder.channels.x import shapes
from rejoinder.channels.x.session import Session, trouble, understood, words
from rejoinder.plumbing.answer import Answer, NoAnswerError

UPLOAD, METADATA = "/2/media/upload", "/2/media/metadata"
_NOT_LET = (
    "X lets this account bring no pictures or films. Connect it again under Channels: X then asks "
    "once more what the desk may do."
)


def bring(session: Session, pictures: tuple[Picture, ...]) -> list[str] | TryLater | Refused:
    """Their numbers on X, in order; nothing was posted where it does not take them."""
    numbers: list[str] = []
    for picture in pictures:
        try:
            number = _brought(session, picture)
        except TroubleError as error:
            return TryLater(error.after, error.words)
        except NoAnswerError as error:  # a picture that no post names is forgotten there
            return TryLater(10, error.words)
        if isinstance(number, Refused):
            return number
        numbers.append(number)
    return numbers


def _brought(session: Session, picture: Picture) -> str | Refused:
    body = {"media": b64encode(picture.data).decode(), "media_category": "tweet_image"}
    answer = session.ask("POST", UPLOAD, json=body)
    if no := refused(answer):
        return no
    number = understood(answer, shapes.Uploaded).data.id
    said = {"id": number, "metadata": {"alt_text": {"text": picture.alt}}}
    # Words that do not arrive would leave somebody out: then the picture does not leave either.
    return refused(session.ask("POST", METADATA, json=said)) or number


def refused(answer: Answer, what: str = "picture") -> Refused | None:
    """Raises TroubleError where it may be taken another time."""
    if answer.status in {200, 201, 202, 204}:
        return None
    if answer.status == 403:
        return Refused(f"The {what} was not taken: {words(answer)} {_NOT_LET}")
    if answer.status in {400, 413, 422}:
        return Refused(f"The {what} was not taken: {words(answer)}")
    raise trouble(answer)
