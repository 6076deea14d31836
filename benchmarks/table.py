"""What a benchmark says: rows of a measure, its ratio, and the ratio that was asked for."""

from collections.abc import Sequence
from statistics import median
from typing import Any

Rows = list[dict[str, Any]]


def row(
    what: str,
    ratio: float,
    *,
    at_least: float | None = None,
    at_most: float | None = None,
    detail: str = "",
) -> dict[str, Any]:
    """One result. `ok` is None when nothing was asked for."""
    ok: bool | None = None
    if at_least is not None or at_most is not None:
        ok = (at_least is None or ratio >= at_least) and (at_most is None or ratio <= at_most)
    return {
        "what": what,
        "ratio": round(ratio, 3),
        "at_least": at_least,
        "at_most": at_most,
        "ok": ok,
        "detail": detail,
    }


def compared(what: str, rates: Sequence[tuple[float, float]], *, at_least: float) -> dict[str, Any]:
    """The median of the ratios of rounds, each of which timed both a moment apart; in 1/s."""
    ratios = [ours / other for ours, other in rates]
    ours, other = (median(side) for side in zip(*rates, strict=True))
    detail = (
        f"{ours:,.0f} against {other:,.0f} a second; "
        f"{len(rates)} rounds, {min(ratios):.2f} to {max(ratios):.2f}"
    )
    return row(what, median(ratios), at_least=at_least, detail=detail)


def shown(rows: Rows) -> str:
    """The rows as a table for people."""
    heads = ("benchmark", "database", "ratio", "asked", "", "measured")
    cells = [heads, *(_cells(row) for row in rows)]
    widths = [max(len(line[i]) for line in cells) for i in range(len(heads))]
    return "\n".join(
        "  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip() for line in cells
    )


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    asked = ""
    if row["at_least"] is not None:
        asked = f"≥ {row['at_least']}"
    elif row["at_most"] is not None:
        asked = f"≤ {row['at_most']}"
    verdict = {True: "ok", False: "MISSED", None: ""}[row["ok"]]
    return (
        row["what"],
        row.get("database", ""),
        f"{row['ratio']:.2f}",
        asked,
        verdict,
        row["detail"],
    )
