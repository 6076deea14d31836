"""The addresses: /services/rest/ with its methods, signing in, and what tests make happen."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl
from xml.etree import ElementTree as ET

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from tests.simulators.flickr import doors
from tests.simulators.flickr.world import Comment, FailError, Person, World

Method = Callable[[World, Person, dict[str, str]], dict[str, Any]]


def _login(world: World, who: Person, given: dict[str, str]) -> dict[str, Any]:
    return {"user": {"id": who.nsid, "username": {"_content": who.username}}}


def _check_token(world: World, who: Person, given: dict[str, str]) -> dict[str, Any]:
    user = {"nsid": who.nsid, "username": who.username, "fullname": who.username.title()}
    token, perms = {"_content": who.token}, {"_content": who.perms}
    return {"oauth": {"token": token, "perms": perms, "user": user}}


def _get_list(world: World, who: Person, given: dict[str, str]) -> dict[str, Any]:
    photo = given.get("photo_id", "")
    if photo not in world.photos:
        raise FailError(1, "Photo not found")
    found = [_comment(world, each) for each in world.on(photo)]
    return {"comments": {"photo_id": photo, **({"comment": found} if found else {})}}


def _comment(world: World, each: Comment) -> dict[str, Any]:
    owner = world.photos[each.photo]
    mark = each.id.rpartition("-")[2]
    return {
        "id": each.id,
        "author": each.author.nsid,
        "author_is_deleted": 0,
        "authorname": each.author.username,
        "iconserver": "0",
        "iconfarm": 0,
        "datecreate": str(each.at),
        "permalink": f"https://www.flickr.com/photos/{owner.nsid}/{each.photo}/#comment{mark}",
        "path_alias": None,
        "realname": "",
        "_content": each.text,
    }


def _add(world: World, who: Person, given: dict[str, str]) -> dict[str, Any]:
    made = world.say(who, given.get("photo_id", ""), given.get("comment_text", ""))
    return {"comment": _comment(world, made)}


def _edit(world: World, who: Person, given: dict[str, str]) -> dict[str, Any]:
    world.own(who, given.get("comment_id", "")).text = given.get("comment_text", "")
    return {}


def _delete(world: World, who: Person, given: dict[str, str]) -> dict[str, Any]:
    del world.comments[world.own(who, given.get("comment_id", "")).id]
    return {}


def _activity(world: World, who: Person, given: dict[str, str]) -> dict[str, Any]:
    frame = given.get("timeframe", "1d")
    since = time.time() - int(frame[:-1]) * {"h": 3600, "d": 86_400}[frame[-1]]
    size, page = min(int(given.get("per_page", "10")), 50), int(given.get("page", "1"))
    items = []
    for photo, owner in world.photos.items():
        events = [each for each in world.on(photo) if each.at >= since]
        if owner is who and events:
            items.append((max(each.at for each in events), _item(photo, owner, events)))
    items.sort(key=lambda item: -item[0])
    shown = [item for _, item in items[(page - 1) * size : page * size]]
    pages = -(-len(items) // size)
    told = {"page": page, "pages": pages, "perpage": size, "total": len(items)}
    return {"items": {**told, **({"item": shown} if shown else {})}}


def _item(photo: str, owner: Person, events: list[Comment]) -> dict[str, Any]:
    return {
        "type": "photo",
        "id": photo,
        "owner": owner.nsid,
        "title": {"_content": "A photo"},
        "activity": {
            "event": [
                {
                    "type": "comment",
                    "user": each.author.nsid,
                    "username": each.author.username,
                    "dateadded": str(each.at),
                    "_content": each.text,
                }
                for each in events
            ]
        },
    }


METHODS: dict[str, tuple[str, Method]] = {
    "flickr.test.login": ("read", _login),
    "flickr.auth.oauth.checkToken": ("read", _check_token),
    "flickr.photos.comments.getList": ("read", _get_list),
    "flickr.photos.comments.addComment": ("write", _add),
    "flickr.photos.comments.editComment": ("write", _edit),
    "flickr.photos.comments.deleteComment": ("write", _delete),
    "flickr.activity.userPhotos": ("read", _activity),
}


async def rest(request: Request) -> Response:
    """One call of a method."""
    world: World = request.app.state.world
    form = parse_qsl((await request.body()).decode(), keep_blank_values=True)
    given = dict(request.query_params) | dict(form)
    name = given.get("method", "")
    if not world.called(name):
        return PlainTextResponse("429 Too Many Requests", 429)
    try:
        if name not in METHODS:
            raise FailError(112, f'Method "{name}" not found')
        perms, method = METHODS[name]
        if perms == "write" and request.method != "POST":
            raise FailError(99, "User not logged in / Insufficient permissions")
        said = method(world, doors.user(world, request, form, perms), given) | {"stat": "ok"}
    except FailError as error:
        said = {"stat": "fail", "code": error.code, "message": error.message}
    if given.get("format") == "json":
        return JSONResponse(said)
    return Response(_as_xml(said), media_type="text/xml")


def _as_xml(said: dict[str, Any]) -> bytes:
    root = ET.Element("rsp", stat=said.pop("stat"))
    if "code" in said:
        ET.SubElement(root, "err", code=str(said["code"]), msg=said["message"])
    else:
        _grow(root, said)
    return ET.tostring(root)


def _grow(above: ET.Element, said: dict[str, Any]) -> None:
    for name, value in said.items():
        if name == "_content":
            above.text = value
        elif isinstance(value, dict):
            _grow(ET.SubElement(above, name), value)
        elif isinstance(value, list):
            for each in value:
                _grow(ET.SubElement(above, name), each)
        else:
            above.set(name, str(value))


async def control(request: Request) -> Response:
    """What happens there, by somebody outside or by the test's hand."""
    world: World = request.app.state.world
    given = await request.json()
    what = request.path_params["what"]
    if what == "person":
        who = world.person(given["username"])
        photo = world.photo(who)
        said: Any = {
            "nsid": who.nsid,
            "token": who.token,
            "token_secret": who.token_secret,
            "photo": photo,
        }
    elif what == "say":
        who = world.person(given["who"])
        answered = world.comments.get(given.get("reply_to") or "")
        name = f"[https://www.flickr.com/photos/{answered.author.nsid}] " if answered else ""
        photo = answered.photo if answered else given["photo"]
        said = {"id": world.say(who, photo, name + given["text"]).id}
    elif what == "edit":
        world.comments[given["id"]].text = given["text"]
        said = {}
    elif what == "delete":
        del world.comments[given["id"]]
        said = {}
    elif what == "delete_photo":
        del world.photos[given["photo"]]
        said = {}
    elif what == "change":
        world.pace, world.cap = given.get("pace", world.pace), given.get("cap", world.cap)
        for name, perms in given.get("perms", {}).items():
            world.person(name).perms = perms
        said = {}
    elif what == "calls":
        said = [name for _, name in world.calls]
    else:
        photo = given["photo"]
        said = [
            {"id": each.id, "author": each.author.username, "text": each.text}
            for each in world.on(photo)
        ]
    return JSONResponse(said)


def application() -> Starlette:
    """A Flickr that knows nobody yet."""
    app = Starlette(
        routes=[
            Route("/services/rest/", rest, methods=["GET", "POST"]),
            Route("/services/oauth/request_token", doors.request_token, methods=["GET", "POST"]),
            Route("/services/oauth/authorize", doors.authorize),
            Route("/services/oauth/access_token", doors.access_token, methods=["GET", "POST"]),
            Route("/control/{what}", control, methods=["POST"]),
        ]
    )
    app.state.world = World()
    return app
