"""What people took back goes from the desk within a day, however long ago they wrote it."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from rejoinder.channels.contract import Connection, Kept, KeptPage, Post
from rejoinder.channels.x import auditing, listening
from rejoinder.channels.x.auditing import Audit, Auditor
from rejoinder.channels.x.session import Session
from rejoinder.channels.x.x import X
from rejoinder.plumbing.answer import Answer, NoAnswerError
from rejoinder.plumbing.http import Network
from tests.simulators.client import Simulator, running

_number = count(1)
NOW = 1_772_442_000.0


@pytest.fixture(scope="module")
def x() -> Iterator[Simulator]:
    with running("x") as found:
        found.control("change", times=1000)
        yield found


@pytest.fixture(scope="module")
def network() -> Iterator[Network]:
    found = Network({"127.0.0.1"})
    yield found
    found.close()


class Desk:
    """What is kept, in pieces of ten rows, and the round over it."""

    def __init__(self, x: Simulator, network: Network, bearer: str = "made-up-bearer") -> None:
        self.x = x
        self.rows: list[Kept] = []
        tokens = x.control("people", username=f"brand{next(_number)}")
        self.connection = Connection(
            settings={"service": x.url, "watch": ""},
            secrets={"access": tokens["access_token"], "bearer": bearer},
            external_id=tokens["id"],
            handle="brand",
        )
        self.network = network
        self.session = Session(self.connection, network, lambda secrets: None)
        self.audit = Audit()
        self.now = NOW

    def library(self, after: int) -> KeptPage:
        through = min(after + 10, len(self.rows))
        return KeptPage(tuple(self.rows[after:through]), max(after, through))

    def keeps(self, many: int) -> list[str]:
        """Tom wrote so much; the names."""
        new = [self.x.control("say", who="tom", text=f"thing {n}")["id"] for n in range(many)]
        self.rows += [Kept(name, {"id": name}) for name in new]
        return new

    def takes_back(self, *names: str) -> None:
        for name in names:
            self.x.control("delete", id=name)

    def steps(self, many: int = 1) -> list[str]:
        """So many minutes go by; what must go."""
        found: list[Post] = []
        for _ in range(many):
            self.now += 60
            found += Auditor(self.session, self.library, self.now).step(self.audit)
        assert all(post.kind == "delete" for post in found)
        return [post.external_id for post in found]


@pytest.fixture
def desk(x: Simulator, network: Network) -> Desk:
    return Desk(x, network)


def test_what_was_taken_back_is_found_wherever_it_is(desk: Desk) -> None:
    names = desk.keeps(35)
    desk.takes_back(names[0], names[17], names[34])
    assert desk.steps(12) == [names[0], names[17], names[34]]


def test_a_round_is_over_and_the_next_begins_in_time_for_a_day(desk: Desk) -> None:
    names = desk.keeps(12)
    assert desk.steps(8) == []
    desk.takes_back(names[3])
    assert desk.steps(10) == []
    desk.now += auditing.ROUND
    assert desk.steps(8) == [names[3]]
    assert auditing.ROUND < 86_400 / 2


def test_at_rest_nobody_is_asked(desk: Desk) -> None:
    desk.keeps(3)
    desk.steps(5)
    called: list[str] = []
    desk.session.http = Refusing(called)
    desk.steps(60)
    assert called == []


def test_what_is_no_post_is_not_asked_for(desk: Desk) -> None:
    desk.rows += [Kept("dm:1", {"dm": "1-2"}), Kept("archive-x", {})]
    assert desk.steps(5) == []
    assert desk.audit.job == ""


def test_a_post_is_known_by_the_number_that_x_gave_it_last(desk: Desk) -> None:
    [name] = desk.keeps(1)
    desk.rows = [Kept("first-name", {"id": name})]
    desk.takes_back(name)
    assert desk.steps(3) == ["first-name"]


def test_stretches_without_a_post_of_ours_are_passed_at_once(desk: Desk) -> None:
    desk.rows += [Kept(f"dm:{n}", {}) for n in range(100)]
    [name] = desk.keeps(1)
    desk.takes_back(name)
    assert desk.steps(3) == [name]


def test_a_platform_that_says_all_is_gone_is_not_believed(desk: Desk) -> None:
    desk.rows = [Kept(str(n), {"id": str(n)}) for n in range(10)]
    assert len(desk.steps(3)) == 10
    desk.audit = Audit()
    many = [Kept(str(n), {"id": str(n)}) for n in range(auditing.MANY)]
    auditor = Auditor(desk.session, lambda after: KeptPage(tuple(many[after:]), len(many)), NOW)
    found: list[Post] = []
    for _ in range(4):
        found += auditor.step(desk.audit)
    assert found == []


class Refusing:
    """X says no, or nothing."""

    def __init__(self, called: list[str], status: int = 403) -> None:
        self._called, self._status = called, status

    def call(self, method: str, url: str, **more: object) -> Answer:
        self._called.append(url)
        if not self._status:
            raise NoAnswerError("X cannot be reached.", may_have_arrived=False)
        return Answer(self._status, {}, b'{"title":"Forbidden"}')


@pytest.mark.parametrize("status", [0, 401, 403, 429, 500])
def test_trouble_lets_it_rest_and_costs_nothing_else(desk: Desk, status: int) -> None:
    desk.keeps(2)
    called: list[str] = []
    real, desk.session.http = desk.session.http, Refusing(called, status)
    assert desk.steps(9) == []
    assert len(called) == 1
    desk.session.http = real
    desk.takes_back(desk.rows[0].external_id)
    assert desk.steps(30) == [desk.rows[0].external_id]


def test_a_job_that_never_ends_is_begun_again(desk: Desk) -> None:
    [name] = desk.keeps(1)
    desk.takes_back(name)
    desk.steps(1)
    desk.x.control("change", stalled=desk.audit.job)
    desk.steps(3)
    assert desk.audit.job
    desk.now += auditing.LONGEST
    assert desk.steps(4) == [name]


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b'{"id":7}', b'\xff\xfe{"', b'[]\n{"id":"1","action":"scrub_geo"}']
)
def test_strange_results_are_nobody_s_end(body: bytes) -> None:
    assert auditing._gone(body) == []


def test_it_is_a_part_of_listening_and_its_place_outlives_a_restart(
    x: Simulator, network: Network
) -> None:
    desk = Desk(x, network)
    names = desk.keeps(25)
    desk.takes_back(names[24])
    cursor: dict[str, Any] = {}
    gone: list[str] = []
    for _ in range(12 * listening.AUDIT):
        channel = X(desk.connection, network)
        channel._following = lambda us: None  # type: ignore[method-assign]
        channel.library = desk.library
        heard = channel.listen(cursor)
        cursor = heard.cursor
        gone += [post.external_id for post in heard.posts if post.kind == "delete"]
    assert gone == [names[24]]


def test_without_the_token_of_the_app_no_job_is_begun(x: Simulator, network: Network) -> None:
    desk = Desk(x, network, bearer="")
    desk.keeps(1)
    channel = X(desk.connection, network)
    channel.library = desk.library
    cursor: dict[str, Any] = {}
    for _ in range(listening.AUDIT + 1):
        cursor = channel.listen(cursor).cursor
    assert not cursor["audit"]
