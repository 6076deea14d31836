"""Which accounts are one to the plan: those that the same limits may bind. Pure.

Accounts that no limit can bind before the plan ends are one group, whatever they are called: so a
channel without scarcity has no influence on whose turn it is (invariant I2).
"""

import numpy as np

from rejoinder.budget.plan.situation import Floats, Ints, Window

HEADROOM = 0.6  # a limit may bind when this part of it may be asked for


def binding(windows: tuple[Window, ...], waiting: Ints, ahead: Floats, span: float) -> list[Window]:
    """The windows that may bind.

    `waiting` and `ahead` are by account: who waits now, who may still come within `span` seconds.
    """
    return [each for each in windows if _may_bind(each, waiting, ahead, span)]


def _may_bind(window: Window, waiting: Ints, ahead: Floats, span: float) -> bool:
    accounts = list(window.accounts)
    # Arrivals of a day may come three times as fast in one of its windows.
    share = min(1.0, 3 * window.length / max(span, 1.0))
    wanted = waiting[accounts].sum() + ahead[accounts].sum() * share + len(window.past)
    return bool(wanted > HEADROOM * window.cap)


def groups(accounts: int, windows: list[Window]) -> tuple[Ints, list[tuple[int, ...]]]:
    """The group of each account, and for each group the windows that count its posts."""
    bound = [
        tuple(n for n, window in enumerate(windows) if account in window.accounts)
        for account in range(accounts)
    ]
    kinds = sorted(set(bound))
    return np.array([kinds.index(each) for each in bound], dtype=np.int64), kinds
