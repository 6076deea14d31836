"""The policies that a drill can be asked for. Pure."""

from collections.abc import Callable

from rejoinder.drill.policies import Policy
from rejoinder.drill.policies.bid_price import BidPrice
from rejoinder.drill.policies.even_pacing import EvenPacing
from rejoinder.drill.policies.fcfs import Fcfs
from rejoinder.drill.policies.followers_first import FollowersFirst
from rejoinder.drill.policies.priority import Priority

_EVERY: tuple[Callable[[], Policy], ...] = (Fcfs, FollowersFirst, Priority, EvenPacing, BidPrice)
POLICIES: dict[str, Callable[[], Policy]] = {make().name: make for make in _EVERY}
