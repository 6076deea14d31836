"""How many will write, and how sure that is: the usual day and what a surge leaves. Pure.

A surge rises and then fades. How fast is not known while it lasts, so a few speeds are held in
mind, each weighed by how well it tells what came since the peak (a negative binomial for counts
that vary more than Poisson ones, Cameron & Trivedi). The forecast is their mixture; it is uncertain
as far as they differ.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from rejoinder.budget.plan.situation import SLICE, Arrivals, Floats

# Hours in which what a surge brings falls to 1/e, and how likely each is before anything is seen.
FADING = np.array([1.0, 2.0, 3.5, 6.0, 10.0, 18.0])
LIKELY = np.array([0.05, 0.10, 0.20, 0.35, 0.20, 0.10])
SINCE = 12  # slices looked back
DISPERSION = 25.0  # of a slice's count around its mean: variance mean + mean² / this
WAVES = 0.04  # a surge rarely comes alone: for each hour ahead so much on top of what fades
RISE = 2.0  # what a surge that just began will still grow, as a multiple of its growth
CHANCE = 0.3  # growth that counts vary by anyway
FORGETS = 0.7  # what a slice tells of the height now, beside the one after it
STEADY = 2  # forecasts that are taken together: of now, and of the slices before
LEVEL = 0.10  # what no forecast of a day knows, relative


@dataclass(frozen=True, slots=True)
class Demand:
    """Arrivals still to come: one row of `paths` for each way it may go, slices to the right.

    `edges` are the moments between the slices, the first is now; `weights` sum to one.
    """

    edges: Floats
    paths: Floats
    weights: Floats

    def until(self, moments: Floats) -> Floats:
        """The expected number from now until each moment."""
        return np.asarray(np.interp(moments, self.edges, _summed(self.weights @ self.paths)))

    def spread(self, moments: Floats) -> Floats:
        """The standard deviation of that number, relative to it."""
        each = np.array([np.interp(moments, self.edges, _summed(path)) for path in self.paths])
        mean = self.weights @ each
        apart = np.sqrt(self.weights @ (each - mean) ** 2)
        return np.asarray(np.hypot(apart / np.maximum(mean, 1e-9), LEVEL))


def forecast(arrivals: Arrivals, now: float, until: float) -> Demand:
    """What will come from now until then, for each speed of fading."""
    came = arrivals.counts.sum(axis=(1, 2, 3)).astype(float)
    last = len(came) - 1
    passed = np.ones(len(came))
    passed[last] = np.clip((now - arrivals.start) / SLICE - last, 1e-6, 1)
    middle = arrivals.start + (np.arange(len(arrivals.usual)) + 0.5) * SLICE
    shape = 0.5 + 0.5 * arrivals.usual / max(float(arrivals.usual.mean()), 1e-9)
    fade = np.exp(-(middle - now)[None, :] / (FADING[:, None] * 3600)) * shape
    grown = _grown(came, passed, arrivals.usual)
    # What fades is told by the slices before as well: a count more or less is chance.
    ends = range(len(came), len(came) - _steady(came), -1)
    fits = [_fitted(came[:end], passed[:end], arrivals.usual, fade) for end in ends]
    height = np.concatenate([each for each, _ in fits])
    weights = np.concatenate([each for _, each in fits]) / len(fits)
    more = 1 + WAVES * max(0.0, until - now) / 3600 + RISE * grown
    paths = arrivals.usual + more * height[:, None] * np.tile(fade, (len(fits), 1))
    edges, share = _ahead(arrivals, now, until)
    return Demand(edges, paths[:, last : last + len(share)] * share, weights)


def _fitted(came: Floats, passed: Floats, usual: Floats, fade: Floats) -> tuple[Floats, Floats]:
    """How high the surge stands now at each speed, and the weight of each speed."""
    first = max(0, len(came) - SINCE)
    seen, part, usually = came[first:], passed[first:], usual[first : len(came)]
    since = _peak(seen, part, usually)
    seen, part, usually = seen[since:], part[since:], usually[since:]
    model = fade[:, first + since : len(came)] * part
    lately = FORGETS ** np.arange(len(seen) - 1, -1, -1)
    excess = float(lately @ (seen - usually * part))
    height = max(excess, 0.0) / np.maximum(model @ lately, 1e-9)
    mean = np.maximum(usually * part + height[:, None] * model, 1e-9)
    weights = LIKELY * np.exp(_relative(_log_likelihood(seen, mean)))
    return height, weights / weights.sum()


def _steady(came: Floats) -> int:
    """From how many slices, the last first, a fading surge may be told: those after its highest."""
    highest = int(np.argmax(came[-SINCE:])) + max(0, len(came) - SINCE)
    return int(np.clip(len(came) - 1 - highest, 1, STEADY))


def _grown(came: Floats, passed: Floats, usual: Floats) -> float:
    """How far a surge grew in half an hour, beside its height; 0 while it may be chance."""
    if len(came) < 3:
        return 0.0
    back = -1 if passed[-1] >= 0.5 else -2
    latest = max(0.0, came[back:].sum() / passed[back:].sum() - usual[len(came) - 1])
    before = max(0.0, float(came[back - 1] - usual[len(came) + back - 1]))
    surely = latest / (latest + usual[len(came) - 1] + 1e-9)
    return float(surely * max(0.0, (latest - before) / max(latest, 1e-9) - CHANCE))


def _peak(seen: Floats, part: Floats, usually: Floats) -> int:
    """The slice after the highest one; at least the last half hour is kept to tell the level."""
    highest = int(np.argmax(np.where(part > 0.5, seen / part - usually, -np.inf)))
    kept = 2 if highest == len(seen) - 1 else 3
    return min(highest, max(0, len(seen) - kept))


def _log_likelihood(seen: Floats, mean: Floats) -> Floats:
    r = DISPERSION
    each = gammaln(seen + r) + r * np.log(r / (r + mean)) + seen * np.log(mean / (r + mean))
    return np.asarray(each.sum(axis=1))


def _relative(logs: Floats) -> Floats:
    return np.asarray(logs - logs.max())


def _ahead(arrivals: Arrivals, now: float, until: float) -> tuple[Floats, Floats]:
    """The moments between the slices ahead, and which share of each is still to come."""
    ends = arrivals.start + np.arange(1, len(arrivals.usual) + 1) * SLICE
    ahead = ends[(ends > now) & (ends - SLICE < until)]
    edges = np.concatenate([[now], np.minimum(ahead, until)])
    return edges, np.diff(edges) / SLICE


def _summed(path: Floats) -> Floats:
    return np.concatenate([[0.0], np.cumsum(path)])
