"""How many replies stay for people who matter more and have not come yet. Pure.

Littlewood's rule (1972): give a reply to somebody worth v only if the chance that it will be
missed by one worth w is below v / w. Over every span ahead, because replies free again.
"""

import numpy as np
from scipy.special import ndtri

from rejoinder.budget.plan.situation import Floats, Window

# Littlewood's rule is for people who come once, the less needy first. Here both come all day: to
# wait and see costs little, and more is known later. In standard deviations.
PATIENT = 0.8
AHEAD = np.array([300.0, 600, 900, 1800, 3600, 7200, 14400, 21600, 28800, 43200, 64800, 86400])


def spans(now: float, until: float) -> Floats:
    """The moments to which replies are kept."""
    moments = now + AHEAD
    return np.append(moments[moments < until], until)


def kept(mean: Floats, relative: Floats, worth: Floats, most: float, strength: float) -> Floats:
    """Replies to keep until each moment (columns), for people of each worth (rows).

    `mean` urgent people until each moment, `relative` its standard deviation beside the Poisson
    one; `most` is what an urgent one is worth.
    """
    deviation = np.sqrt(mean + (relative * mean) ** 2)
    chance = np.clip(1 - worth / most, 1e-4, 1 - 1e-4)
    keep = strength * (mean + (ndtri(chance)[:, None] + PATIENT) * deviation)
    return np.where(worth[:, None] < most, np.maximum(keep, 0), 0)


def freed(window: Window, moments: Floats) -> Floats:
    """How many replies of the past a window no longer counts at each moment."""
    if window.ends is not None:
        return np.where(moments >= window.ends, float(len(window.past)), 0.0)
    return np.searchsorted(window.past, moments - window.length, side="right").astype(float)
