"""Telling the pretend network what to do: fail, change a limit, let somebody say something."""

import base64
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Raw, Struct
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from rejoinder.channels.pretend.api import Network, Tells
from rejoinder.channels.pretend.faults import Fault
from rejoinder.channels.pretend.windows import Window
from rejoinder.channels.pretend.world import TooLongError, UnknownPostError, handle
from rejoinder.plumbing import clock


class Saying(Struct):
    """Somebody posts. `by` a brand's handle is another client on its account.

    `at` is any time, even none that exists; `raw` (base64) is put between the quotes of the JSON
    as it stands; `repeat` makes the text that many times as long.
    """

    by: str
    text: str = ""
    reply_to: str | None = None
    at: str = ""
    raw: str = ""
    repeat: int = 1
    private: bool = False


class Editing(Struct):
    """Somebody changes what they said."""

    id: str
    text: str


class Veil(Struct):
    """Another hand of an account hides what somebody wrote to it, or shows it again."""

    id: str
    by: str
    hidden: bool = True


class Limiting(Struct):
    """A limit from now on, or from a moment on (ISO 8601); all limits go when `only` is set."""

    window: Window
    at: str = ""
    only: bool = False


class Order(Struct):
    """One order; several parts are carried out in this order."""

    clear: bool = False
    fault: Fault | None = None
    limit: Limiting | None = None
    tells: Tells | None = None
    say: Saying | None = None
    edit: Editing | None = None
    delete: str = ""
    hide: Veil | None = None


class Control:
    """The door for tests and for people who rehearse."""

    def __init__(self, network: Network) -> None:
        self._network = network

    async def __call__(self, request: Request) -> Response:
        """GET gives the counts and every refusal by a limit; POST carries out one order.

        The answer to an order is the id that it made.
        """
        if request.method == "GET":
            refused = self._network.limited_at
            return JSONResponse({**self._network.counts, "limited_at": refused})
        # A page in some browser could send a form here, but not JSON without being asked.
        if request.headers.get("Content-Type") != "application/json":
            return JSONResponse({"error": "Orders are JSON."}, 415)
        try:
            order = msgspec.json.decode(await request.body(), type=Order)
            return JSONResponse({"id": self._carry_out(order)})
        except (msgspec.DecodeError, TooLongError, UnknownPostError, ValueError) as error:
            return JSONResponse({"error": str(error)}, 400)

    def _carry_out(self, order: Order) -> str | None:
        if order.clear:
            self._network.faults.clear()
        if order.fault:
            self._network.faults.add(order.fault)
        if order.limit:
            self._limit(order.limit)
        if order.tells:
            self._network.tells = order.tells
        if order.edit:
            return self._network.world.edit(order.edit.id, order.edit.text).id
        if order.delete:
            return self._network.world.delete(order.delete).id
        if order.hide:
            veil = order.hide
            return self._network.world.hide(veil.id, veil.by, hidden=veil.hidden).id
        return self._say(order.say) if order.say else None

    def _limit(self, limiting: Limiting) -> None:
        if limiting.only:
            self._network.windows, self._network.later = [], []
        if limiting.at:
            at = datetime.fromisoformat(limiting.at).timestamp()
            self._network.later.append((at, limiting.window))
        else:
            self._network.limit(limiting.window)

    def _say(self, saying: Saying) -> str:
        world = self._network.world
        text: Any = saying.text
        if saying.raw or saying.repeat > 1:  # goes past the world's own rules
            inner = base64.b64decode(saying.raw) or msgspec.json.encode(saying.text)[1:-1]
            text = Raw(b'"' + inner * saying.repeat + b'"')
        who = world.brand if saying.by == world.handle else saying.by
        self._network.knock(handle(who))  # another client of ours spends of the same limits
        return world.say(
            who,
            text,
            saying.at or clock.now(),
            reply_to=saying.reply_to,
            private=saying.private,
        ).id
