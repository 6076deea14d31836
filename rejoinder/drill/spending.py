"""What the desk may still post and pay on a drilled day, over all its accounts. Pure."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rejoinder.drill.account import Account
from rejoinder.drill.policies import Room
from rejoinder.drill.world import World

Floats = NDArray[np.float64]


class Charge(NamedTuple):
    """What one post takes: room on an account, and money."""

    account: int
    price: float


class Spending:
    """Every account of a world, and the money for the day."""

    def __init__(self, world: World) -> None:
        self.update = world.places()[world.update_channel]
        self.accounts = [
            Account.of([rule for rule in world.rules() if rule.account == name], world.guard_s)
            for name in world.places()
        ]
        self._reply = [channel.price for channel in world.channels]
        self._update = world.update_price
        self._rest = np.inf if world.money_a_day is None else world.money_a_day
        self._dearest = np.array(self._reply)
        self._dearest[self.update] = max(self._reply[self.update], world.update_price)

    def reply(self, channel: int) -> Charge:
        """What a reply takes there."""
        return Charge(channel, self._reply[channel])

    def publication(self) -> Charge:
        """What publishing an answer takes."""
        return Charge(self.update, self._update)

    def left(self, now: float) -> Floats:
        """How many more posts each account's limits and the money allow; inf: any number."""
        left: Floats = np.array([account.left(now) for account in self.accounts])
        if self._rest < np.inf:
            paid = np.full(len(left), np.inf)
            np.divide(self._rest + 1e-9, self._dearest, where=self._dearest > 0, out=paid)
            left = np.minimum(left, np.maximum(np.floor(paid), 0))
        return left

    def room(self, channel: int, now: float) -> tuple[Room, ...]:
        """The limits of one account."""
        return self.accounts[channel].room(now)

    def reserve(self, charge: Charge) -> None:
        """Before the first word."""
        self.accounts[charge.account].reserve()
        self._rest -= charge.price

    def send(self, charge: Charge, now: float) -> bool | None:
        """Post what was reserved: whether the platform took it; None: it was not asked.

        What does not go out costs no money.
        """
        account = self.accounts[charge.account]
        accepted = None
        if account.may_send(now):
            accepted = account.send(now)
        else:
            account.give_back()
        if not accepted:
            self._rest += charge.price
        return accepted
