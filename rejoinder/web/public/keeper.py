"""Keeps the shelf of a door: the pages made anew when an answer changes, visits written down."""

import logging
import threading
import time

from django.db import DatabaseError, close_old_connections, connection

from rejoinder.web.public.shelf import Shelf

_LOG = logging.getLogger(__name__)

COUNTED_EVERY = 5.0  # seconds between two writings of visits
MADE_EVERY = 300.0  # seconds, without a change: an account was connected, a name changed
AGAIN = 2.0  # seconds after which a stock that failed is tried again


class Keeper:
    """One thread of a door with a connection of its own; nobody waits for it."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._changed = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True, name="public pages")

    def open(self) -> None:
        """Fill the shelf, from the rows or else from the last copy, then keep it."""
        if not self._restock():
            self._shelf.restore()
        connection.close()  # this thread comes from the loop's pool and may not be asked again
        self._thread.start()

    def changed(self) -> None:
        """An answer is not what it was."""
        self._changed.set()
        self._wake.set()

    def close(self) -> None:
        """Write down what was counted, and end."""
        self._stop.set()
        self._wake.set()
        self._thread.join(COUNTED_EVERY)

    def _run(self) -> None:
        due = time.monotonic() + MADE_EVERY
        while not self._stop.is_set():
            self._wake.wait(COUNTED_EVERY)
            self._wake.clear()
            if self._changed.is_set() or time.monotonic() >= due:
                self._changed.clear()
                due = time.monotonic() + (MADE_EVERY if self._restock() else AGAIN)
            self._count()
        connection.close()

    def _restock(self) -> bool:
        try:
            self._shelf.restock()
        except (DatabaseError, OSError) as error:
            _LOG.warning("The public pages could not be made anew: %s. The old ones stay.", error)
            close_old_connections()
            return False
        return True

    def _count(self) -> None:
        try:
            self._shelf.count_visits()
        except DatabaseError as error:
            _LOG.warning("Visits could not be written: %s. They are written later.", error)
            close_old_connections()
