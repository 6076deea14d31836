"""What the ledger answers, as plain values for JSON."""

from typing import Any

from rejoinder.privacy.ledger.affected import Affected

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
        "covers": [
            {"system": one.system, "from": one.since, "to": one.until, "openings": one.openings}
            for one in found.covers
        ],
        "cannot_prove": list(CANNOT_PROVE),
    }
