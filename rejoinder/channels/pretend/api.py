"""What the pretend network answers to programs: who we are, what happened, what we post."""

import asyncio
from itertools import islice
from random import Random
from typing import Any, Literal

import msgspec
import regex
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from rejoinder.channels.pretend.faults import Fault, Faults
from rejoinder.channels.pretend.pretend import FILM, Kept, Me, Stands
from rejoinder.channels.pretend.windows import DEFAULT, Gate, Verdict, Window
from rejoinder.channels.pretend.world import Happening, Said, TooLongError, UnknownPostError, World
from rejoinder.plumbing import clock

# Of its limits the network tells each by its name, only the one nearest its end, or nothing.
Tells = Literal["each", "nearest", "nothing"]

HANG_UP = "rejoinder.hang_up"  # in the scope of a request; see server.Protocol


class Network:
    """The world with its gates and faults, and how often each door was knocked at."""

    def __init__(self, world: World, random: Random, *, keys: bool = False) -> None:
        self.world = world
        self.random = random
        self.faults = Faults(random)
        self.windows = list(DEFAULT)
        self.tells: Tells = "each"
        self.later: list[tuple[float, Window]] = []
        self.gates: dict[str, Gate] = {}
        self.keys: dict[str, Said] | None = {} if keys else None
        self.limited_at: list[tuple[float, str]] = []
        self.counts = {"accepted": 0, "limited": 0, "refused": 0, "listened": 0}
        self.heard = asyncio.Event()
        self.films: dict[str, str] = {}  # what each shows, by its number

    def routes(self) -> list[Route]:
        """The doors for programs."""
        return [
            Route("/api/me", self.me),
            Route("/api/happenings", self.happenings),
            Route("/api/ours", self.ours),
            Route("/api/films", self.film, methods=["POST"]),
            Route("/api/posts", self.post, methods=["POST"]),
            Route("/api/hidden", self.hide, methods=["POST"]),
            Route("/api/publications", self.publications),
            Route("/api/publications", self.publish, methods=["POST"]),
        ]

    async def me(self, request: Request) -> Response:
        """Who an account is, and the number of the last happening."""
        if strange := await self._strange(request, "look"):
            return strange
        world, handle = self.world, request.query_params.get("as") or self.world.handle
        name = world.brand if handle == world.handle else handle
        return _json(Me(handle=handle, name=name, run=world.run, last=len(world.happenings)))

    async def happenings(self, request: Request) -> Response:
        """One page of what concerns an account, after a number."""
        self.counts["listened"] += 1
        self.heard.set()
        ask = request.query_params
        us, limit = ask.get("as") or self.world.handle, int(ask.get("limit", 100))
        watch = [word.strip() for word in ask.get("watch", "").split(",") if word.strip()]
        # A desk that heard an earlier network hears this one from its beginning.
        after = int(ask.get("after", 0)) if ask.get("run", self.world.run) == self.world.run else 0
        found = self.world.since(after, us, watch or [self.world.brand.partition(" ")[0]])
        page = list(islice(found, limit + 1))
        more, page = len(page) > limit, page[:limit]
        last = page[-1].number if more else len(self.world.happenings)
        fault = self.faults.strike("listen")
        told = [self._told(one, us, request) for one in self._disturbed(page, fault)]
        answer = _json({"happenings": told, "run": self.world.run, "last": last, "more": more})
        answer.headers["X-Last"], answer.headers["X-Run"] = str(last), self.world.run
        if self.tells == "each":
            answer.headers.update(self._each_limit(us))
        return await self._failed(fault, answer) if fault else answer

    async def ours(self, request: Request) -> Response:
        """What an account posted since a moment: the way to read our own timeline."""
        if strange := await self._strange(request, "look"):
            return strange
        us, since = request.query_params["as"], request.query_params["since"]
        return _json(
            [
                self._kept(said, request)
                for said in self.world.posts.values()
                if said.author == us and not said.deleted and said.at >= since
            ]
        )

    async def post(self, request: Request) -> Response:
        """Post, if the limits of the account and the rules of the world let it."""
        fault = self.faults.strike("send")
        if fault and fault.do in {"drop", "status"}:
            return await self._failed(fault, Response())
        wish = await request.json()
        answer = self._posted(wish, request)
        return await self._failed(fault, answer) if fault else answer

    async def hide(self, request: Request) -> Response:
        """Hide what somebody wrote to us, or show it again; the same limits as a post."""
        fault = self.faults.strike("send")
        if fault and fault.do in {"drop", "status"}:
            return await self._failed(fault, Response())
        answer = self._hidden(await request.json(), request)
        return await self._failed(fault, answer) if fault else answer

    async def film(self, request: Request) -> Response:
        """A film with its words, to be named by a post. Its bytes are counted and not kept."""
        if strange := await self._strange(request, "look"):
            return strange
        data, shows = await request.body(), request.query_params.get("shows", "")
        if data[4:8] != b"ftyp" or not shows or len(data) > FILM:
            return _json({"error": "This is no film that can be shown here."}, 422)
        number = str(len(self.films) + 1)
        self.films[number] = shows
        return _json({"id": number})

    async def publications(self, request: Request) -> Response:
        """What an account published, each under the keys it was said with."""
        if strange := await self._strange(request, "look"):
            return strange
        us, posts = request.query_params["as"], self.world.posts
        ours = [(key, posts[post]) for key, post in self.world.published.items()]
        return _json(
            [
                Stands(key, said.id, _address(said, request), _text(said), said.pinned)
                for key, said in ours
                if said.author == us and not said.deleted
            ]
        )

    async def publish(self, request: Request) -> Response:
        """Publish, or bring up to date; the same limits, once under one key."""
        fault = self.faults.strike("send")
        if fault and fault.do in {"drop", "status"}:
            return await self._failed(fault, Response())
        answer = self._published(await request.json(), request)
        return await self._failed(fault, answer) if fault else answer

    def _published(self, wish: dict[str, Any], request: Request) -> Response:
        who = wish.pop("as")
        verdict = self.knock(who)
        told = self._told_limits(who, verdict)
        if not verdict.allowed:
            self.counts["limited"] += 1
            return _limited(verdict, told)
        try:
            said = self.world.publish(self._name(who), wish.pop("text"), clock.now(), **wish)
        except (TooLongError, UnknownPostError) as error:
            self.counts["refused"] += 1
            return _json({"error": str(error)}, 422, told)
        self.counts["accepted"] += 1
        return _json(self._kept(said, request), 200, told)

    def _hidden(self, wish: dict[str, Any], request: Request) -> Response:
        verdict = self.knock(wish["as"])
        told = self._told_limits(wish["as"], verdict)
        if not verdict.allowed:
            self.counts["limited"] += 1
            return _limited(verdict, told)
        try:
            said = self.world.hide(wish["id"], wish["as"], hidden=bool(wish["hidden"]))
        except UnknownPostError as error:
            self.counts["refused"] += 1
            return _json({"error": str(error)}, 422, told)
        return _json(self._kept(said, request), 200, told)

    def _posted(self, wish: dict[str, Any], request: Request) -> Response:
        key = request.headers.get("Idempotency-Key", "")
        if self.keys is not None and key in self.keys:
            return _json(self._kept(self.keys[key], request))
        verdict = self.knock(wish["as"])
        told = self._told_limits(wish["as"], verdict)
        if not verdict.allowed:
            self.counts["limited"] += 1
            self.limited_at.append((clock.now().timestamp(), wish["as"]))
            return _limited(verdict, told)
        try:
            said = self.world.say(
                self._name(wish["as"]),
                wish["text"],
                clock.now(),
                reply_to=wish.get("reply_to"),
                via=wish.get("via", "web"),
                private=wish.get("private", False),
                film=self.films.get(wish.get("film", ""), ""),
            )
        except (TooLongError, UnknownPostError) as error:
            self.counts["refused"] += 1
            return _json({"error": str(error)}, 422, told)
        self.counts["accepted"] += 1
        if self.keys is not None and key:
            self.keys[key] = said
        return _json(self._kept(said, request), 200, told)

    def knock(self, who: str) -> Verdict:
        """Count one post of an account, whichever client it came by."""
        now = clock.now().timestamp()
        due = [window for at, window in self.later if at <= now]
        self.later = [(at, window) for at, window in self.later if at > now]
        for window in due:
            self.limit(window)
        return self.gates.setdefault(who, Gate()).knock(self._windows_of(who), now)

    def _told_limits(self, who: str, nearest: Verdict) -> dict[str, str]:
        if self.tells == "nothing" or not nearest.name:
            return {}
        if self.tells == "nearest":
            return _headers(nearest)
        return _headers(nearest) | self._each_limit(who)

    def _each_limit(self, who: str) -> dict[str, str]:
        now = clock.now().timestamp()
        return _draft(self.gates.get(who, Gate()).look(self._windows_of(who), now), now)

    def limit(self, window: Window) -> None:
        """Put a limit in the place of the one with its name, or beside the others."""
        named = (window.name, window.account)
        self.windows = [one for one in self.windows if (one.name, one.account) != named] + [window]

    def _windows_of(self, who: str) -> list[Window]:
        return [one for one in self.windows if one.account in {"", who}]

    def _name(self, handle: str) -> str:
        return self.world.brand if handle == self.world.handle else handle

    def _disturbed(self, page: list[Happening], fault: Fault | None) -> list[Happening]:
        if fault and fault.do == "duplicate":
            return page * 2
        if fault and fault.do == "reorder":
            return self.random.sample(page, len(page))
        return page

    def _told(self, happening: Happening, us: str, request: Request) -> dict[str, Any]:
        said = happening.post
        return {
            "number": happening.number,
            "kind": happening.kind,
            "id": said.id,
            "author": said.author,
            "name": said.name,
            "text": said.text,
            "at": said.at,
            "tagged": self.world.tagged(said, us),
            "private": said.private,
            "hidden": said.hidden,
            "url": _address(said, request),
            "reply_to": said.reply_to,
            "root": said.root,
        }

    def _kept(self, said: Said, request: Request) -> Kept:
        return Kept(
            said.id,
            _address(said, request),
            _text(said),
            said.reply_to,
            said.root,
            said.private,
            said.film,
        )

    async def _strange(self, request: Request, on: str) -> Response | None:
        fault = self.faults.strike(on)
        answer = await self._failed(fault, Response()) if fault else None
        return None if fault and fault.do == "delay" else answer

    async def _failed(self, fault: Fault, answer: Response) -> Response:
        """The answer as the fault leaves it; what was to be done is done by now."""
        if fault.do == "status":
            return self._status(fault)
        if fault.do == "garbage":
            return Response(b'\x1f\x8b<html>{"id": ', media_type="application/json")
        if fault.do in {"silence", "delay"}:
            await asyncio.sleep(fault.seconds)
        if fault.do == "half":
            return Half(answer)
        if fault.do in {"drop", "swallow", "silence"}:
            return HangUp()
        return answer

    def _status(self, fault: Fault) -> Response:
        if 300 <= fault.status < 400:
            return RedirectResponse("/elsewhere", fault.status)
        if fault.status == 429:
            self.counts["limited"] += 1
        wait = {"Retry-After": str(max(1, round(fault.seconds)))} if fault.status == 429 else {}
        return _json({"error": fault.words}, fault.status, wait)


class HangUp(Response):
    """No answer: the connection ends."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        scope[HANG_UP]()


class Half(Response):
    """The first half of an answer; then the connection ends."""

    def __init__(self, whole: Response) -> None:
        super().__init__()
        self._whole = bytes(whole.body)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        length = str(len(self._whole) + 1).encode()
        await send(
            {"type": "http.response.start", "status": 200, "headers": [(b"content-length", length)]}
        )
        half = self._whole[: len(self._whole) // 2]
        await send({"type": "http.response.body", "body": half, "more_body": True})
        scope[HANG_UP]()


def _json(what: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(
        msgspec.json.encode(what), status, headers=headers, media_type="application/json"
    )


def _limited(verdict: Verdict, told: dict[str, str]) -> Response:
    wait = max(1, round(verdict.reset - clock.now().timestamp() + 0.5))
    words = f"Posting too fast: {verdict.cap} is the limit. Try again in {wait} seconds."
    return _json({"error": words}, 429, {"Retry-After": str(wait)} | told)


def _headers(verdict: Verdict) -> dict[str, str]:
    return {
        "X-RateLimit-Limit": str(verdict.cap),
        "X-RateLimit-Remaining": str(verdict.left),
        "X-RateLimit-Reset": str(round(verdict.reset)),
    }


def _draft(verdicts: list[Verdict], now: float) -> dict[str, str]:
    """Each limit by its name, as the later drafts of the IETF have it."""
    told = [(regex.sub(r"[^ -~]|[\"\\\\]", "", each.name), each) for each in verdicts]
    return {
        "RateLimit": ", ".join(
            f'"{name}";r={each.left};t={max(0, round(each.reset - now))}' for name, each in told
        ),
        "RateLimit-Policy": ", ".join(
            f'"{name}";q={each.cap};w={each.seconds:g}' for name, each in told
        ),
    }


def _text(said: Said) -> str:
    return said.text if isinstance(said.text, str) else ""


def _address(said: Said, request: Request) -> str:
    return f"{str(request.base_url).rstrip('/')}/posts/{said.id}"
