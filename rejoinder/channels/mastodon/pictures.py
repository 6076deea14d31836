"""Pictures of ours on a server: brought there with their words, then named by the post.

https://docs.joinmastodon.org/methods/media/#v2
"""

import hashlib

from rejoinder.channels.contract import Picture, Refused, TroubleError, TryLater
from rejoinder.channels.mastodon import shapes
from rejoinder.channels.mastodon.server import Server, trouble, understood, words
from rejoinder.plumbing.answer import NoAnswerError
from rejoinder.plumbing.multipart import File, body

MEDIA = "/api/v2/media"
ONE = "/api/v1/media/{}"
_SOON = 5.0  # seconds until a server that is still at a picture is asked again


def bring(server: Server, pictures: tuple[Picture, ...]) -> list[str] | TryLater | Refused:
    """Their numbers on the server, in order; nothing was posted where it does not take them."""
    numbers: list[str] = []
    for picture in pictures:
        try:
            number = _brought(server, picture)
        except TroubleError as error:
            return TryLater(error.after, error.words)
        except NoAnswerError as error:  # a picture that nobody names is forgotten there
            return TryLater(10, error.words)
        if isinstance(number, Refused):
            return number
        numbers.append(number)
    return numbers


def _brought(server: Server, picture: Picture) -> str | Refused:
    # Some servers know a picture by the name of its file: two must not have one name.
    name = f"{hashlib.sha256(picture.data + picture.alt.encode()).hexdigest()[:24]}.jpg"
    file = File(name, picture.data, picture.media_type)
    form = body({"file": file}, {"description": picture.alt})
    answer = server.ask("POST", MEDIA, form=form)
    if answer.status in {413, 422}:
        return Refused(f"The picture was not taken: {words(answer)}")
    if answer.status not in {200, 202}:
        raise trouble(answer)
    number = understood(answer, shapes.Attached).id
    if answer.status == 202 and server.ask("GET", ONE.format(number)).status == 206:
        raise TroubleError("The server is still at the picture.", after=_SOON)
    return number
