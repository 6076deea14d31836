"""An incident as plain values, for machines."""

from datetime import datetime
from typing import Any

from rejoinder.crisis import regarding
from rejoinder.privacy.incidents import standing
from rejoinder.privacy.incidents.standing import Clock, Picture
from rejoinder.privacy.models import Incident


def values(found: Incident, seen: Picture) -> dict[str, Any]:
    """All that the register has; times are ISO 8601, UTC."""
    linked = regarding.of(found)
    words_ = standing.words(found)
    return {
        "id": str(found.public_id),
        "name": found.name,
        "found_by": found.found_by or "a person",
        "touches": [one for one in ("personal", "provider", "network") if getattr(found, one)],
        "risk": found.risk,
        "people_about": found.people,
        **{name: _iso(getattr(found, name)) for name in ("began_at", "aware_at", "fixed_at")},
        "closed_at": _iso(found.closed_at),
        "facts": found.facts,
        "effects": found.effects,
        "remedy": found.remedy,
        "clocks": [_clock(one) for one in seen.clocks],
        "people": {
            "listed": sorted(standing.listed(found)),
            "at_least": seen.at_least,
            "told": {name: at.isoformat() for name, at in sorted(words_.items())},
            "why_not_told": found.why_not_told,
            "seconds_from_fixed_to_told": (
                seen.until_told.total_seconds() if seen.until_told and seen.told.everybody else None
            ),
        },
        "crisis": str(linked.crisis.public_id) if linked and linked.crisis else None,
        "answer": str(linked.answer.public_id) if linked and linked.answer else None,
    }


def _clock(one: Clock) -> dict[str, Any]:
    return {
        "rule": one.duty.rule.name,
        "law": one.duty.rule.law,
        "whom": one.duty.rule.whom,
        "version_from": one.duty.version.since.isoformat(),
        "source": one.duty.version.source,
        "to_check": one.duty.version.check,
        "due_at": _iso(one.due_at),
        "met_at": _iso(one.met_at),
        "standing": one.standing.value,
        "notices": [
            {
                "sent_at": _iso(notice.sent_at),
                "by": notice.by.name,
                "needed": notice.needed,
                "reference": notice.reference,
                "words": notice.words,
            }
            for notice in one.notices
        ],
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
