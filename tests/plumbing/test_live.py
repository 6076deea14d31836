"""Names of changes: each once, also those whose number was given out before it was committed."""

import pytest
from django.db import transaction

from rejoinder.plumbing import clock, live
from rejoinder.plumbing.models import Change


@pytest.mark.django_db
def test_a_reader_starts_with_the_next_change() -> None:
    live.changed("before")
    reader = live.Reader()
    live.changed("queue", "queue", "account:1")
    assert [topic for _, topic in reader.news()] == ["queue", "account:1"]
    assert reader.news() == []


@pytest.mark.django_db
def test_a_number_that_appears_late_is_found() -> None:
    reader = live.Reader()
    first = Change.objects.create(topic="first", at=clock.now()).pk
    reader.news()
    Change.objects.create(id=first + 3, topic="later", at=clock.now())
    assert [topic for _, topic in reader.news()] == ["later"]
    Change.objects.create(id=first + 2, topic="late", at=clock.now())
    assert reader.news() == [(first + 2, "late")]
    assert reader.news() == []


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_not_told() -> None:
    reader = live.Reader()
    with transaction.atomic():
        live.changed("queue")
        transaction.set_rollback(True)
    assert reader.news() == []


@pytest.mark.django_db(transaction=True)
def test_waiting_ends_when_something_is_committed() -> None:
    import threading
    import time

    reader = live.Reader()
    reader.wait(0.1)  # takes note of where the database stands

    def elsewhere() -> None:
        from django.db import connection

        live.changed("queue")
        connection.close()

    thread = threading.Thread(target=elsewhere)
    before = time.monotonic()
    thread.start()
    while not (news := reader.news()):
        reader.wait(5)
    thread.join()
    assert [topic for _, topic in news] == ["queue"]
    assert time.monotonic() - before < 4
