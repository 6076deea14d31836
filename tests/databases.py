"""Empty databases on the server that this run of the tests uses."""

import os
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg

# Whether the running test said that it has tables (tests/conftest.py).
promised = True


def on_postgres() -> bool:
    """Whether this run of the tests is on PostgreSQL."""
    return bool(os.environ.get("REJOINDER_DATABASE_URL"))


def empty_database() -> str:
    """The address of a new, empty database; "" when this run is on SQLite."""
    assert promised, "Mark this test `tables`: unmarked it would not run on PostgreSQL."
    if not on_postgres():
        return ""
    return _created("")


def copy_of(address: str) -> str:
    """The address of a new database with all that stands in this one; "" on SQLite.

    Nobody may be connected to the one that is copied.
    """
    return _created(f'TEMPLATE "{urlsplit(address).path[1:]}"') if address else ""


def _created(how: str) -> str:
    given = os.environ["REJOINDER_DATABASE_URL"]
    name = f"empty_{uuid4().hex}"
    with psycopg.connect(given, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}" {how}')
    return urlsplit(given)._replace(path=f"/{name}").geturl()
