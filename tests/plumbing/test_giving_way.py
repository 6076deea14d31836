"""Long work waits for short work, not for ever, and short work never."""

import threading
import time

from rejoinder.plumbing import giving_way


def test_long_work_goes_on_once_the_short_is_done() -> None:
    order: list[str] = []
    inside, done = threading.Event(), threading.Event()

    def report() -> None:
        inside.wait()
        with giving_way.long(patience=30):
            giving_way.let_by()
            order.append("report")
        done.set()

    thread = threading.Thread(target=report)
    thread.start()
    with giving_way.short():
        inside.set()
        time.sleep(0.05)
        order.append("claim")
    assert done.wait(30)
    thread.join()
    assert order == ["claim", "report"]


def test_its_patience_ends_all_stops_together() -> None:
    with giving_way.short(), giving_way.long(patience=0.05):
        began = time.monotonic()
        for _ in range(1000):
            giving_way.let_by()
        assert 0.05 <= time.monotonic() - began < 5


def test_short_work_and_a_house_at_rest_wait_for_nobody() -> None:
    with giving_way.short():
        giving_way.let_by()
    with giving_way.long(patience=1e9):
        giving_way.let_by()
