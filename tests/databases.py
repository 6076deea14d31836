"""Empty databases on the server that this run of the tests uses."""

import os
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg


def empty_database() -> str:
    """The address of a new, empty database; "" when this run is on SQLite."""
    given = os.environ.get("REJOINDER_DATABASE_URL", "")
    if not given:
        return ""
    name = f"empty_{uuid4().hex}"
    with psycopg.connect(given, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    return urlsplit(given)._replace(path=f"/{name}").geturl()
