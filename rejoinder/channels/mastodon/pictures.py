"""Pictures and films of ours on a server: brought there with their words, then named by the post.

https://docs.joinmastodon.org/methods/media/#v2
"""

import hashlib

from rejoinder.channels import underway
from rejoinder.channels.contract import Film, Outgoing, Picture, Refused, TroubleError, TryLater
from rejoinder.channels.mastodon import shapes
from rejoinder.channels.mastodon.server import FILM, Server, trouble, understood, words
from rejoinder.channels.underway import Underway
from rejoinder.plumbing.answer import Answer, NoAnswerError
from rejoinder.plumbing.multipart import Body, File, body

MEDIA = "/api/v2/media"
ONE = "/api/v1/media/{}"
_SOON = 5.0  # seconds until a server that is still at a picture is asked again


def bring(server: Server, outgoing: Outgoing, films: Underway) -> list[str] | TryLater | Refused:
    """Their numbers on the server, in order; nothing was posted where it does not take them."""
    numbers: list[str] = []
    try:
        for picture in outgoing.pictures:
            number = _brought(server, picture)
            if isinstance(number, Refused):
                return number
            numbers.append(number)
        if outgoing.film:
            film = _filmed(server, outgoing.film, films)
            if isinstance(film, Refused):
                films.forget(outgoing.film)
                return film
            numbers.append(film)
    except TroubleError as error:
        return TryLater(error.after, error.words)
    except NoAnswerError as error:  # a picture that nobody names is forgotten there
        return TryLater(10, error.words)
    return numbers


def _brought(server: Server, picture: Picture) -> str | Refused:
    answer = server.ask("POST", MEDIA, form=_form(picture, "jpg"))
    if refused := _refused(answer, "picture"):
        return refused
    number = understood(answer, shapes.Attached).id
    if answer.status == 202 and server.ask("GET", ONE.format(number)).status == 206:
        raise TroubleError("The server is still at the picture.", after=_SOON)
    return number


def _filmed(server: Server, film: Film, films: Underway) -> str | Refused:
    """Servers take a film and work on it; a post with one they are not done with is refused."""
    found = films.find(film)
    if found is None:
        answer = server.ask("POST", MEDIA, form=_form(film, "mp4"), timeout=FILM)
        if refused := _refused(answer, "film"):
            return refused
        found = films.begin(film, understood(answer, shapes.Attached).id)
        found.whole = answer.status == 200
    number = found.number
    if not found.whole:
        if refused := underway.wait(found, lambda: _ready(server, number)):
            return refused
        found.whole = True
    return number


def _ready(server: Server, number: str) -> float | Refused | None:
    answer = server.ask("GET", ONE.format(number))
    if answer.status == 206:
        return underway.STEP
    if answer.status == 404:  # servers of other make know no such question, and are done at once
        return None
    if answer.status == 422:
        return Refused(f"The film was not taken: {words(answer)}")
    if answer.status != 200:
        raise trouble(answer)
    return None


def _form(shown: Picture | Film, ending: str) -> Body:
    # Some servers know a picture by the name of its file: two must not have one name.
    name = f"{hashlib.sha256(shown.data + shown.alt.encode()).hexdigest()[:24]}.{ending}"
    return body({"file": File(name, shown.data, shown.media_type)}, {"description": shown.alt})


def _refused(answer: Answer, what: str) -> Refused | None:
    """Raises TroubleError where it may be taken another time."""
    if answer.status in {413, 422}:
        return Refused(f"The {what} was not taken: {words(answer)}")
    if answer.status not in {200, 202}:
        raise trouble(answer)
    return None
