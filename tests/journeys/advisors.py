"""Twenty advisors on one queue, each a client of their own: a day of a full room.

python -m tests.journeys.advisors [ANSWERS [WAITING]]    prints what it took, as JSON
"""

import json
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any

import httpx

from tests.browser.desk import Desk, open_desk

TEAM = 20
LEFT_OPEN = 5  # of so many conversations one is written in and left open
TRIED = 7  # before each so manieth, somebody tries to answer where a colleague sits


@dataclass
class Sitting:
    """What one advisor did, and how long each step took, in seconds."""

    name: str
    answered: dict[str, str] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)
    intruded: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, list[float]] = field(default_factory=dict)

    @property
    def mine(self) -> set[str]:
        """What they took themselves."""
        return {*self.answered, *self.left}


class Advisor:
    """A colleague at the desk, by its pages and forms alone."""

    def __init__(self, http: httpx.Client, name: str) -> None:
        self.sitting = Sitting(name)
        self._http = http

    def sign_in(self, link: str) -> None:
        """By a one-time link."""
        page = self._http.get(link)
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
        assert found
        self._http.headers["X-CSRFToken"] = found[1]
        assert self._http.post(link).status_code == 302
        self._http.headers["X-CSRFToken"] = self._http.cookies["csrftoken"]

    def work(self, answers: int, talks: list[str]) -> Sitting:
        """Take what is next and answer it, `answers` times; now and then leave one half written."""
        for at in range(answers):
            talk = self._take_next()
            if at % TRIED == TRIED - 1 and talks[at] not in self.sitting.mine:
                self._intrude(talks[at])
            words = f"Thank you for waiting. It is on its way to you. {self.sitting.name}, {at}"
            self._write(talk, words)
            if at % LEFT_OPEN == LEFT_OPEN - 1:
                self.sitting.left[talk] = words
                continue
            self._send(talk, words)
        return self.sitting

    def take_over(self, talk: str) -> None:
        """Answer where a colleague left."""
        self._timed("take over", f"/c/{talk}/take-over", why="They went home.")
        self._send(talk, "Thank you for waiting. I am on it now.")

    def leave(self) -> None:
        """Go home."""
        self._http.close()

    def _take_next(self) -> str:
        went = self._timed("take", "/take-next").headers["Location"]
        assert went.startswith("/c/"), went
        began = time.perf_counter()
        page = self._http.get(went)
        self._took("open", began)
        assert page.status_code == 200
        return went.removeprefix("/c/")

    def _write(self, talk: str, words: str) -> None:
        self._timed("start", f"/c/{talk}/start")
        for end in (len(words) // 2, len(words)):
            self._timed("draft", f"/c/{talk}/draft", text=words[:end])

    def _send(self, talk: str, words: str) -> None:
        went = self._timed("send", f"/c/{talk}/send", text=words).headers["Location"]
        assert went == "/", self._http.get(went).text
        self.sitting.answered[talk] = words

    def _intrude(self, talk: str) -> None:
        words = f"{self.sitting.name} was here"
        self.sitting.intruded[talk] = words
        self._timed("intrude", f"/c/{talk}/send", text=words)

    def _timed(self, what: str, path: str, **values: str) -> httpx.Response:
        began = time.perf_counter()
        answer = self._http.post(path, data=values)
        self._took(what, began)
        assert answer.status_code in {200, 302}, (what, answer.status_code, answer.text[:300])
        return answer

    def _took(self, what: str, began: float) -> None:
        self.sitting.seconds.setdefault(what, []).append(time.perf_counter() - began)


@contextmanager
def team(desk: Desk, size: int = TEAM) -> Iterator[list[Advisor]]:
    """So many advisors and, last, a lead; all signed in."""
    people: list[Advisor] = []
    for at in range(size + 1):
        name, role = (f"Advisor {at + 1}", "advisor") if at < size else ("Dan", "lead")
        client = httpx.Client(base_url=desk.address, timeout=60)
        client.headers["Origin"] = desk.address
        people.append(Advisor(client, name))
        people[-1].sign_in(desk.do("link", name=name, role=role))
    try:
        yield people
    finally:
        for each in people:
            each.leave()


def sit(desk: Desk, answers: int, talks: list[str]) -> list[Sitting]:
    """Each advisor deals with so many of those who wait, all at the same time; the lead is last."""
    with team(desk) as people, ThreadPoolExecutor(TEAM) as room:
        *advisors, lead = people
        done = list(room.map(lambda each: each.work(answers, talks), advisors))
        for sitting in done:
            for talk in list(sitting.left)[:1]:
                lead.take_over(talk)
        return [*done, lead.sitting]


def times(sittings: list[Sitting]) -> dict[str, dict[str, float]]:
    """Each step: how often, its median and its slowest twentieth, in milliseconds."""
    all_of: dict[str, list[float]] = {}
    for sitting in sittings:
        for what, seconds in sitting.seconds.items():
            all_of.setdefault(what, []).extend(seconds)
    return {
        what: {
            "times": len(seconds),
            "median_ms": round(1000 * quantiles(seconds, n=20)[9], 1),
            "p95_ms": round(1000 * quantiles(seconds, n=20)[18], 1),
        }
        for what, seconds in all_of.items()
        if len(seconds) > 1
    }


def main(words: list[str]) -> dict[str, Any]:
    """One sitting, and what came of it."""
    answers, waiting = (int(word) for word in [*words, "20", "5000"][:2])
    with tempfile.TemporaryDirectory() as folder, open_desk(Path(folder)) as desk:
        talks = desk.do("crowd", number=waiting)
        began = time.monotonic()
        sittings = sit(desk, answers, talks)
        took = time.monotonic() - began
        replies: list[list[str]] = desk.do("written")
    twice = [talk for talk, n in Counter(talk for talk, _, _ in replies).items() if n > 1]
    return {
        "advisors": TEAM,
        "waiting": waiting,
        "replies": len(replies),
        "answered_twice": len(twice),
        "seconds": round(took, 1),
        "steps": times(sittings),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1:]), indent=2) + "\n")
