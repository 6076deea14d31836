"""What platforms tell of their limits in the headers of an answer, in each of their dialects. Pure.

Headers are foreign: what is missing, odd or hostile is passed over, never raised. Names of headers
are lower case, as `plumbing.answer.Answer` has them. A channel picks the dialects of its platform.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from rejoinder.channels.contract import Observed

Header = Mapping[str, str]

LONGEST = 20_000  # characters of one header that are read
LONGEST_WAIT = 7 * 86_400.0  # seconds; no window known is longer, so more is a mistake
_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,9})?")
_PART = re.compile(r'((?:"[^"]*"|[^",;])*)([,;]|$)')
# Seconds since 1970 are more, seconds from now are less: 2001, and 31 years.
_A_MOMENT = 1_000_000_000
_LATEST = 4_102_444_800  # the year 2100
_USAGE = ("call_count", "total_time", "total_cputime")


def classic(
    header: Header, prefix: str, *, name: str = "", window: float | None = None
) -> tuple[Observed, ...]:
    """`PREFIXlimit`, `PREFIXremaining`, `PREFIXreset`, the last as Unix seconds or ISO 8601.

    X writes `x-rate-limit-` with Unix seconds, Mastodon `X-RateLimit-` with ISO 8601, of the limit
    nearest its end. `name` and `window` (seconds) say which limit that is, where it is known.
    """
    cap, left = (_number(header.get(prefix + part, "")) for part in ("limit", "remaining"))
    if left is None:
        return ()
    reset = _moment(header.get(prefix + "reset", ""))
    return (Observed(name=name, window=window, limit=cap, remaining=left, resets_at=reset),)


def draft(header: Header, now: datetime) -> tuple[Observed, ...]:
    """The fields of draft-ietf-httpapi-ratelimit-headers, and Bluesky's way with them.

    Up to revision 6 there are `RateLimit-Limit`, `-Remaining`, `-Reset` (seconds from now; Bluesky
    writes Unix seconds) and the quotas with their windows in `RateLimit-Policy: 5000;w=3600`; from
    revision 8 on `RateLimit: "name";r=3;t=60` beside `RateLimit-Policy: "name";q=5000;w=3600`.
    """
    policies = list(_items(header.get("ratelimit-policy", "")))
    if told := dict(_items(header.get("ratelimit", ""))):
        return tuple(_named(name, given, told.get(name, {}), now) for name, given in policies)
    quotas = [(_number(quota), _number(given.get("w", ""))) for quota, given in policies]
    left = _number(header.get("ratelimit-remaining", ""))
    if left is None:
        return ()
    first = next(_items(header.get("ratelimit-limit", "")), ("", {}))
    cap = _number(first[0])
    window = next((length for quota, length in quotas if quota == cap), None)
    return (Observed(window=window, limit=cap, remaining=left, resets_at=draft_reset(header, now)),)


def draft_reset(header: Header, now: datetime) -> datetime | None:
    """When the limit of `RateLimit-Reset` starts anew."""
    return _ahead(_number(header.get("ratelimit-reset", "")), now)


def usage(header: Header, now: datetime) -> tuple[Observed, ...]:
    """Meta's percentages of limits whose size it does not tell (Graph API, rate limiting).

    `X-App-Usage` and `X-Page-Usage` are named "app" and "page"; each entry of
    `X-Business-Use-Case-Usage` has the name of its type. Of several figures the highest counts.
    """
    found = [_share(part, _object(header, f"x-{part}-usage"), now) for part in ("app", "page")]
    for entries in _object(header, "x-business-use-case-usage").values():
        listed = entries if isinstance(entries, list) else ()
        cases = (entry for entry in listed if isinstance(entry, dict))
        found += [_share(str(case.get("type", "")), case, now) for case in cases]
    return tuple(each for each in found if each is not None)


def retry_after(header: Header, now: datetime) -> float | None:
    """Seconds to wait as `Retry-After` says, in either of its forms (RFC 9110, 10.2.3)."""
    value = header.get("retry-after", "").strip()
    if (seconds := _number(value)) is not None:
        return min(seconds, LONGEST_WAIT)
    try:
        wait = (_aware(parsedate_to_datetime(value[:100])) - now).total_seconds()
        return min(max(0.0, wait), LONGEST_WAIT)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _named(name: str, policy: dict[str, str], told: dict[str, str], now: datetime) -> Observed:
    return Observed(
        name=name,
        window=_number(policy.get("w", "")),
        limit=_number(policy.get("q", "")),
        remaining=_number(told.get("r", "")),
        resets_at=_ahead(_number(told.get("t", "")), now),
    )


def _items(value: str) -> Iterator[tuple[str, dict[str, str]]]:
    """`5000;w=3600, "hour";q=7` as ("5000", {"w": "3600"}), ("hour", {"q": "7"})."""
    item: list[str] = []
    for found in _PART.finditer(value[:LONGEST]):
        item.append(found[1].strip())
        if found[2] != ";":
            name, *given = item
            if name:
                yield name.strip('"'), dict(each.partition("=")[::2] for each in given)
            item = []


def _share(name: str, entry: dict[str, Any], now: datetime) -> Observed | None:
    parts = [part for field in _USAGE if (part := _figure(entry.get(field))) is not None]
    if not parts:
        return None
    minutes = _figure(entry.get("estimated_time_to_regain_access"))
    frees = now + timedelta(minutes=minutes) if minutes else None
    return Observed(name=name[:60], share_used=min(1.0, max(parts) / 100), resets_at=frees)


def _figure(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 <= value < 1e6 else None


def _object(header: Header, name: str) -> dict[str, Any]:
    value = header.get(name, "")
    try:
        found = json.loads(value) if len(value) <= LONGEST else None
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _number(text: str) -> float | None:
    text = text.strip()
    return float(text) if _NUMBER.fullmatch(text) else None


def _ahead(value: float | None, now: datetime) -> datetime | None:
    """A moment from Unix seconds, or from seconds that count from now."""
    if value is None or value > _LATEST:
        return None
    if value >= _A_MOMENT:
        return datetime.fromtimestamp(value, UTC)
    return now + timedelta(seconds=value)


def _moment(text: str) -> datetime | None:
    seconds = _number(text)
    if seconds is not None:
        known = _A_MOMENT <= seconds <= _LATEST
        return datetime.fromtimestamp(seconds, UTC) if known else None
    try:
        return _aware(datetime.fromisoformat(text.strip()))
    except (ValueError, OverflowError):
        return None


def _aware(at: datetime) -> datetime:
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
