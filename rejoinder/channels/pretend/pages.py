"""The pretend network's page: what was said, and a form to say something as somebody."""

from html import escape
from importlib.resources import files
from string import Template
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from rejoinder.channels.pretend.api import Network
from rejoinder.channels.pretend.world import Said, TooLongError, UnknownPostError
from rejoinder.plumbing import clock

FOLDER = files("rejoinder.channels.pretend").joinpath("static")
SHOWN = 100
POLICY = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"


class Pages:
    """The doors for people."""

    def __init__(self, network: Network, people: list[str]) -> None:
        self._network = network
        self._people = people

    def routes(self) -> list[Route | Mount]:
        """The page, its list alone, one post, and where the form goes."""
        return [
            Route("/", self.page),
            Route("/timeline", self.timeline),
            Route("/posts/{number}", self.post),
            Route("/say", self.say, methods=["POST"]),
            Mount("/static", StaticFiles(directory=str(FOLDER))),
        ]

    async def page(self, request: Request) -> Response:
        """Everything; `to` names the post that the form answers, `as` who speaks."""
        ask = request.query_params
        return self._page(self._newest(), ask.get("to", ""), ask.get("as", ""))

    async def timeline(self, request: Request) -> Response:
        """The list alone, for the page to renew itself."""
        return _html("".join(map(self._row, self._newest())))

    async def post(self, request: Request) -> Response:
        """One post and what it belongs to."""
        said = self._network.world.posts.get(request.path_params["number"])
        if said is None or said.private:
            return PlainTextResponse("There is no such post.", 404)
        top = said.root or said.id
        whole = [one for one in self._public() if top in {one.id, one.root}]
        return self._page(whole, said.id, "")

    async def say(self, request: Request) -> Response:
        """Post what the form holds."""
        form = dict(parse_qsl((await request.body()).decode()))
        who, text = form.get("who") or self._people[0], form.get("text", "")
        try:
            self._network.world.say(who, text, clock.now(), reply_to=form.get("to"))
        except (TooLongError, UnknownPostError) as error:
            return PlainTextResponse(str(error), 422)
        return RedirectResponse("/", 303)

    def _public(self) -> list[Said]:
        """What everybody may read; the page asks nobody who they are."""
        return [said for said in self._network.world.posts.values() if not said.private]

    def _newest(self) -> list[Said]:
        posts = self._public()
        pinned = [said for said in posts if said.pinned and not said.deleted]
        newest = [said for said in reversed(posts[-SHOWN:]) if said not in pinned]
        return pinned + newest

    def _page(self, posts: list[Said], to: str, who: str) -> HTMLResponse:
        world = self._network.world
        answered = world.posts.get(to)
        page = Template(FOLDER.joinpath("page.html").read_text(encoding="utf-8"))
        return _html(
            page.substitute(
                brand=escape(world.brand),
                people="".join(_option(name, name == who) for name in self._people),
                to=escape(answered.id if answered else ""),
                answered=f"Answering {escape(_words(answered))}" if answered else "",
                start="" if answered else escape(f"@{world.handle} "),
                rows="".join(map(self._row, posts)),
            )
        )

    def _row(self, said: Said) -> str:
        ours = ' class="ours"' if said.author == self._network.world.handle else ""
        marks = [f"to post {said.reply_to}"] if said.reply_to else []
        marks += ["edited"] if said.edited else []
        marks += ["pinned"] if said.pinned else []
        words = "<em>deleted</em>" if said.deleted else escape(_words(said))
        if said.hidden and not said.deleted:
            words = f"<em>hidden by {escape(self._network.world.brand)}</em>"
        if said.link.startswith(("http://", "https://")) and not said.deleted:
            words += f'</p><p><a href="{escape(said.link)}">{escape(said.link)}</a>'
        film = f"<p>Film: {escape(said.film)}</p>" if said.film else ""
        return (
            f'<li id="post-{said.id}"{ours}><p class="who"><b>{escape(said.name)}</b> '
            f'@{escape(said.author)} <a href="/posts/{said.id}">{_time(said.at)}</a> '
            f'{", ".join(marks)}</p><p lang="">{words}</p>{film}'
            f'<p><a href="/?to={said.id}#say">Answer {escape(said.name)}</a></p></li>'
        )


def _html(text: str) -> HTMLResponse:
    return HTMLResponse(text, headers={"Content-Security-Policy": POLICY})


def _option(name: str, chosen: bool) -> str:  # noqa: FBT001 - one private caller
    return f"<option{' selected' if chosen else ''}>{escape(name)}</option>"


def _time(at: str) -> str:
    return f'<time datetime="{escape(at)}">{escape(at[11:19] or at)}</time>'


def _words(said: Said) -> str:
    text = said.text if isinstance(said.text, str) else bytes(said.text).decode(errors="replace")
    return text[:1000]
