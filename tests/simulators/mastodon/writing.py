"""What can be done: post once under a key, edit, delete, pin."""

from email import message_from_bytes, policy
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.simulators.mastodon import markup, shown
from tests.simulators.mastodon.doors import RefusedError, doors, somebody, values, world
from tests.simulators.mastodon.reading import FILM, seen
from tests.simulators.mastodon.world import File, Person, Status, World

PINS = 5


async def post(request: Request) -> Response:
    """A new post; a key that was used within the hour gives the one it made."""
    person, here, given = somebody(request), world(request), await values(request)
    key = request.headers.get("Idempotency-Key", "")
    if key and (person.id, key) in here.keys:
        return _json(request, here.keys[person.id, key])
    header = doors(request).take(person.id, "posts")
    _validate(given)
    answered = given.get("in_reply_to_id") or None
    if answered and not here.sees(person, here.statuses.get(answered)):
        raise RefusedError(404, "The post you are trying to reply to does not appear to exist.")
    files = _files(here, person, given, said=None)
    said = here.say(
        person,
        given["status"].strip(),
        visibility=given.get("visibility", "public"),
        warning=given.get("spoiler_text", ""),
        answers=answered,
    )
    said.media = files
    if key:
        here.keys[person.id, key] = said
    return _json(request, said, header)


async def edit(request: Request) -> Response:
    """Other words in the place of the old; takes of the same limit."""
    person, said, given = somebody(request), _own(request), await values(request)
    header = doors(request).take(person.id, "posts")
    _validate(given)
    said.media = _files(world(request), person, given, said=said)
    world(request).edit(said, given["status"].strip(), given.get("spoiler_text", ""))
    return _json(request, said, header)


async def media(request: Request) -> Response:
    """A picture or film with its words; those that no post names are forgotten some day."""
    person, here = somebody(request), world(request)
    header = b"Content-Type: " + request.headers["Content-Type"].encode() + b"\r\n\r\n"
    whole = message_from_bytes(header + await request.body(), policy=policy.HTTP)
    parts = {
        part.get_param("name", header="Content-Disposition"): part for part in whole.iter_parts()
    }
    file, words = parts.get("file"), parts.get("description")
    data = file.get_payload(decode=True) if file else b""
    assert isinstance(data, bytes)
    film = data[4:8] == b"ftyp"
    if not file or not (film or data.startswith(b"\xff\xd8")):
        raise RefusedError(422, "Validation failed: File content type is invalid")
    said = words.get_payload(decode=True) if words else b""
    assert isinstance(said, bytes)
    if film and len(data) > FILM:
        raise RefusedError(422, "Validation failed: File file size must be less than 99 MB")
    kept = File(here.next_id(), person.id, data, file.get_content_type(), said.decode())
    kept.done, kept.busy = not film, here.busy
    here.files[kept.id] = kept
    return JSONResponse(shown.media(kept), 202 if film else 200, dict(request.state.header))


async def brought(request: Request) -> Response:
    """One that was brought and that no post has: 206 while the server still works on it."""
    person, here = somebody(request), world(request)
    kept = here.files.get(request.path_params["id"])
    if kept is None or kept.owner != person.id or kept.used:
        raise RefusedError(404, "Record not found")
    kept.done, kept.busy = kept.busy < 1, kept.busy - 1
    status = 200 if kept.done else 206
    return JSONResponse(shown.media(kept), status, dict(request.state.header))


def _files(
    here: World, person: Person, given: dict[str, Any], *, said: Status | None
) -> list[File]:
    """Those that a post names: one's own, and no other post's. What is not named is taken off."""
    asked = [str(each) for each in given.get("media_ids") or ()]
    found = [here.files[n] for n in asked if n in here.files and here.files[n].owner == person.id]
    free = [each for each in found if not each.used or (said and each in said.media)]
    if len(free) < len(asked):
        raise RefusedError(422, "Validation failed: Cannot attach files that were not found")
    if len(free) > 4:
        raise RefusedError(422, "Validation failed: Cannot attach more than 4 files")
    if len(free) > 1 and any(each.media_type == "video/mp4" for each in free):
        raise RefusedError(
            422, "Validation failed: Cannot attach a video to a post that already contains images"
        )
    if not all(each.done for each in free):
        raise RefusedError(
            422, "Cannot attach files that have not finished processing. Try again in a moment!"
        )
    for each in free:
        each.used = True
    return free


async def delete(request: Request) -> Response:
    """Take it back."""
    said = _own(request)
    world(request).delete(said)
    return _json(request, said)


async def pin(request: Request) -> Response:
    """Keep it at the top of the profile, with four others at most."""
    said, here = _own(request), world(request)
    pinned = [each for each in here.statuses.values() if each.pinned and not each.gone]
    if len([each for each in pinned if each.author is said.author]) >= PINS:
        raise RefusedError(
            422, "Validation failed: You have already pinned the maximum number of posts"
        )
    said.pinned = True
    return _json(request, said)


async def unpin(request: Request) -> Response:
    """Not any more."""
    said = _own(request)
    said.pinned = False
    return _json(request, said)


def _own(request: Request) -> Status:
    person: Person = somebody(request)
    said = seen(request)
    if said.author is not person:
        raise RefusedError(404, "Record not found")
    return said


def _validate(given: dict[str, str]) -> None:
    text, warning = given.get("status", ""), given.get("spoiler_text", "")
    if not text.strip():
        raise RefusedError(422, "Validation failed: Text can't be blank")
    if markup.length(text, warning) > markup.MOST:
        raise RefusedError(
            422, f"Validation failed: Text character limit of {markup.MOST} exceeded"
        )


def _json(request: Request, said: Status, header: dict[str, str] | None = None) -> Response:
    found = dict(getattr(request.state, "header", {})) if header is None else header
    return JSONResponse(shown.status(said, world(request)), headers=found)
