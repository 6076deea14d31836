"""The store of this desk: which of the two databases keeps what was heard."""

from functools import cache

from django.db import connection

from rejoinder.listening.store.on_postgres import Postgres
from rejoinder.listening.store.on_sqlite import SQLite
from rejoinder.listening.store.rows import Store


@cache
def store() -> Store:
    """The store of this desk's database."""
    return Postgres() if connection.vendor == "postgresql" else SQLite()
