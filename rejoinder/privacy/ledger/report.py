"""What the ledger answers, as plain values for JSON."""

from typing import Any

from rejoinder.privacy.ledger.affected import Affected, Cover

CANNOT_PROVE = (
    "What somebody did with a value after they saw it.",
    "Openings by systems that are not listed under covers, or outside the hours listed there.",
)


def report(found: Affected) -> dict[str, Any]:
    """Who exactly, the head that proves it, what it covers, and what it cannot prove."""
    return {
        "subjects": found.subjects,
        "openings": found.openings,
        "head": found.head._asdict(),
        "covers": [{**_hours(one), "openings": one.openings} for one in found.covers],
        "at_least": bool(found.gaps),
        "not_covered": [_hours(one) for one in found.gaps],
        "cannot_prove": list(CANNOT_PROVE),
    }


def _hours(one: Cover) -> dict[str, str]:
    return {"system": one.system, "from": one.since, "to": one.until}
