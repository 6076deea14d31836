"""How often X may be asked: a window of 15 minutes for each call and user, and a day for posts."""

from dataclasses import dataclass, field

from tests.simulators.x.problems import too_many

QUARTER, DAY = 900, 86_400
# docs.x.com, Rate limits: calls in 15 minutes for each user.
CAPS = {
    "me": 75,
    "mentions": 300,
    "tweets": 900,
    "lookup": 900,
    "search": 300,
    "post": 100,
    "delete": 50,
    "upload": 500,
    "initialize": 1875,
    "append": 1875,
    "finalize": 1875,
    "status": 1000,
    "metadata": 500,
    "message": 15,
    "messages": 15,
    "stream": 50,
    "rules": 450,
    "compliance": 150,
    "hooks": 450,
}
DAYS = {"user": 2400, "app": 10_000}  # posts


@dataclass
class Limits:
    """What was asked in the windows that run; `times` makes every cap so many times larger."""

    times: int = 1
    _begun: dict[tuple[str, str], tuple[float, int]] = field(default_factory=dict)

    def take(self, what: str, who: str, now: float) -> dict[str, str]:
        """One call, and the headers that tell of it. Raises ProblemError with them."""
        headers, fits = self._window("x-rate-limit", (what, who), (CAPS[what], QUARTER), now)
        if what == "post":
            for scope, cap in DAYS.items():
                key = (f"day-{scope}", who if scope == "user" else "app")
                more, room = self._window(f"x-{scope}-limit-24hour", key, (cap, DAY), now)
                headers |= more
                fits = fits and room
        if not fits:
            problem = too_many()
            problem.headers = headers
            raise problem
        return headers

    def _window(
        self, prefix: str, key: tuple[str, str], most: tuple[int, int], now: float
    ) -> tuple[dict[str, str], bool]:
        cap, length = most[0] * self.times, most[1]
        begun, used = self._begun.get(key, (now, 0))
        if now >= begun + length:
            begun, used = now, 0
        fits = used < cap
        self._begun[key] = begun, used + fits
        headers = {
            f"{prefix}-limit": str(cap),
            f"{prefix}-remaining": str(max(0, cap - used - fits)),
            f"{prefix}-reset": str(int(begun + length) + 1),
        }
        return headers, fits
