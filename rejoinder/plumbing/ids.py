"""Public ids: UUIDv7, so that they sort by the time they were made (RFC 9562)."""

from uuid import UUID

import uuid_utils


def new() -> UUID:
    """A new public id."""
    return UUID(int=uuid_utils.uuid7().int)


def new_hex() -> str:
    """A new public id in 32 digits, for rows that go past Django; a quarter of the time."""
    return str(uuid_utils.uuid7().hex)


def read(given: str) -> UUID | None:
    """A public id that somebody sent; None when it is none."""
    try:
        return UUID(given)
    except ValueError:
        return None
