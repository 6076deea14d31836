"""What can be read: ourselves, what named us, posts, threads and timelines."""

from collections.abc import Sequence
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.simulators.mastodon import markup, shown
from tests.simulators.mastodon.doors import RefusedError, somebody, whoever, world
from tests.simulators.mastodon.world import HOST, Notified, Person, Status

VERSION = "4.5.0"
FILM = 103_809_024  # bytes; 99 MiB, Mastodon's own (media_attachment: VIDEO_LIMIT)
Row = TypeVar("Row", Status, Notified)


async def me(request: Request) -> Response:
    """Whose token it is."""
    return _json(request, shown.account(somebody(request)))


async def instance(request: Request) -> Response:
    """The server itself, in the second version of its description."""
    found = {
        "domain": HOST,
        "title": "A server",
        "version": VERSION,
        "api_versions": {"mastodon": 7},
        "source_url": "https://github.com/mastodon/mastodon",
        "description": "For everybody",
        "languages": ["en"],
        "configuration": {
            "urls": {"streaming": f"ws://{request.url.netloc}"},
            "statuses": {
                "max_characters": markup.MOST,
                "max_media_attachments": 4,
                "characters_reserved_per_url": markup.LINK,
            },
            "media_attachments": {
                "supported_mime_types": ["image/jpeg", "video/mp4"],
                "image_size_limit": 16_777_216,
                "video_size_limit": FILM,
            },
        },
        "registrations": {"enabled": False, "approval_required": False, "message": None},
        "rules": [{"id": "1", "text": "No advertising in other people's threads.", "hint": ""}],
    }
    return JSONResponse(found)


async def older_instance(request: Request) -> Response:
    """The first version of its description, as far as clients still ask for it."""
    return JSONResponse({"uri": HOST, "title": "A server", "version": VERSION, "urls": {}})


async def notifications(request: Request) -> Response:
    """What named us, newest first."""
    person, here = somebody(request), world(request)
    kinds = request.query_params.getlist("types[]")
    told = here.notified.get(person.id, []) if not kinds or "mention" in kinds else []
    page = _page(request, told, 40, 80)
    return _json(request, [shown.notification(each, here) for each in page], page)


async def status(request: Request) -> Response:
    """One post."""
    said = seen(request)
    return _json(request, shown.status(said, world(request)))


async def statuses(request: Request) -> Response:
    """Several posts; those that one may not read are left out."""
    person, here = whoever(request), world(request)
    asked = request.query_params.getlist("id[]")[:40]
    found = [here.statuses.get(each) for each in asked]
    rows = [each for each in found if each and _sees(person, each, request)]
    return _json(request, [shown.status(each, here) for each in rows])


async def source(request: Request) -> Response:
    """The words of a post of ours as we wrote them."""
    said = seen(request)
    found = {"id": said.id, "text": said.text, "spoiler_text": said.warning}
    return _json(request, found)


async def context(request: Request) -> Response:
    """What is above and below."""
    said, here, person = seen(request), world(request), whoever(request)
    parts = {"ancestors": here.above(said), "descendants": here.below(said)}
    found = {
        name: [shown.status(each, here) for each in rows if _sees(person, each, request)]
        for name, rows in parts.items()
    }
    return _json(request, found)


async def statuses_of(request: Request) -> Response:
    """Somebody's own posts, newest first."""
    person, here, ask = whoever(request), world(request), request.query_params
    rows = [each for each in here.statuses.values() if each.author.id == request.path_params["id"]]
    if ask.get("exclude_replies") == "true":
        rows = [each for each in rows if each.answers is None]
    if ask.get("pinned") == "true":
        rows = [each for each in rows if each.pinned]
    page = _page(request, [each for each in rows if _sees(person, each, request)], 20, 40)
    return _json(request, [shown.status(each, here) for each in page], page)


async def tagged(request: Request) -> Response:
    """Public posts with a hashtag."""
    tag = str(request.path_params["tag"]).lower()
    rows = [each for each in _public(request) if tag in _tags(each)]
    page = _page(request, rows, 20, 40)
    return _json(request, [shown.status(each, world(request)) for each in page], page)


async def public(request: Request) -> Response:
    """Everything public that the server knows; answers are left out."""
    page = _page(request, [each for each in _public(request) if each.answers is None], 20, 40)
    return _json(request, [shown.status(each, world(request)) for each in page], page)


async def search(request: Request) -> Response:
    """Public posts of people who agreed to be found."""
    somebody(request)
    phrase = request.query_params["q"].strip('"').casefold()
    rows = [
        each
        for each in _public(request)
        if each.author.indexable and phrase in each.text.casefold()
    ]
    page = _page(request, rows, 20, 40)
    found = [shown.status(each, world(request)) for each in page]
    return _json(request, {"accounts": [], "statuses": found, "hashtags": []}, page)


def seen(request: Request) -> Status:
    """The post of the address. Raises RefusedError where one may not read it."""
    said = world(request).statuses.get(request.path_params["id"])
    if said is None or not _sees(whoever(request), said, request):
        raise RefusedError(404, "Record not found")
    return said


def _sees(person: Person | None, said: Status, request: Request) -> bool:
    here = world(request)
    return here.sees(person, said) if person else said.visibility == "public" and not said.gone


def _public(request: Request) -> list[Status]:
    here = world(request)
    whoever(request)
    return [
        each for each in here.statuses.values() if each.visibility == "public" and not each.gone
    ]


def _tags(said: Status) -> set[str]:
    return {tag.lower() for tag in markup.HASHTAG.findall(said.text)}


def _page(request: Request, rows: Sequence[Row], usual: int, most: int) -> list[Row]:
    """Newest first between two ids; `min_id` begins at the older end."""
    ask = request.query_params
    limit = min(int(ask.get("limit", usual)), most)
    below, above = ask.get("max_id"), ask.get("since_id") or ask.get("min_id")
    found = [
        each
        for each in sorted(rows, key=lambda row: int(row.id))
        if (not below or int(each.id) < int(below)) and (not above or int(each.id) > int(above))
    ]
    page = found[:limit] if ask.get("min_id") else found[-limit:]
    return page[::-1]


def _json(request: Request, found: Any, page: Sequence[Status | Notified] = ()) -> Response:
    header = dict(getattr(request.state, "header", {}))
    if page:
        here = f"{request.base_url}{request.url.path.lstrip('/')}"
        header["Link"] = (
            f'<{here}?max_id={page[-1].id}>; rel="next", <{here}?min_id={page[0].id}>; rel="prev"'
        )
    return JSONResponse(found, headers=header)
