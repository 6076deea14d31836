"""What a test makes happen: people come, say, change and take back."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.simulators.mastodon.doors import doors, world


async def person(request: Request) -> Response:
    """Somebody with a token, the server's own or of elsewhere."""
    given = await request.json()
    found = world(request).person(**given)
    return JSONResponse({"id": found.id, "token": doors(request).token(found)})


async def say(request: Request) -> Response:
    """Somebody posts."""
    given, here = await request.json(), world(request)
    said = here.say(here.person(given.pop("by")), given.pop("text"), **given)
    return JSONResponse({"id": said.id, "uri": said.uri})


async def edit(request: Request) -> Response:
    """Somebody changes a post."""
    given, here = await request.json(), world(request)
    here.edit(here.statuses[given["id"]], given["text"])
    return JSONResponse({})


async def delete(request: Request) -> Response:
    """Somebody takes a post back."""
    given, here = await request.json(), world(request)
    here.delete(here.statuses[given["id"]])
    return JSONResponse({})


async def ours(request: Request) -> Response:
    """What an account said, as the server keeps it."""
    given, here = await request.json(), world(request)
    rows = [
        {
            "id": said.id,
            "uri": said.uri,
            "text": said.text,
            "answers": said.answers,
            "root": (here.above(said) or [said])[0].uri,
            "visibility": said.visibility,
            "warning": said.warning,
            "pinned": said.pinned,
            "pictures": [each.description for each in said.media if each.data[4:8] != b"ftyp"],
            "films": [each.description for each in said.media if each.data[4:8] == b"ftyp"],
        }
        for said in here.statuses.values()
        if said.author is here.person(given["by"]) and not said.gone
    ]
    return JSONResponse(rows)


async def busy(request: Request) -> Response:
    """How often whoever asks for a film is told to wait, from now on."""
    world(request).busy = (await request.json())["times"]
    return JSONResponse({})


async def limit(request: Request) -> Response:
    """Another number of posts in three hours, or no PKCE."""
    for name, value in (await request.json()).items():
        setattr(doors(request), name, value)
    return JSONResponse({})
