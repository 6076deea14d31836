"""What differs between the things that leave; what they have in common is in the other files."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar, Generic, TypeVar

from django.db.models import QuerySet

from rejoinder.channels.contract import Channel, Receipt, Sent
from rejoinder.outbox.models import Leaving

Row = TypeVar("Row", bound=Leaving)


class Way(ABC, Generic[Row]):
    """How rows of one kind leave."""

    model: type[Row]
    related: ClassVar[tuple[str, ...]]  # what is read together with a row
    sent: ClassVar[str]  # what an audit line says before what it is about
    refused: ClassVar[str]
    keeps: ClassVar[tuple[str, ...]] = ()  # fields of its own that a step may change

    def ready(self, rows: "QuerySet[Row, Row]") -> "QuerySet[Row, Row]":
        """Those of the rows that do not wait for another one."""
        return rows

    def gone(self, row: Row) -> str:
        """Why it must not leave any more, in words for its writer; "" when it may."""
        return ""

    def done(self, row: Row) -> str:
        """What an audit line says of this one when it was sent."""
        return self.sent

    @abstractmethod
    def about(self, row: Row) -> str:
        """The conversation or subject, as limits and audit lines name it."""

    @abstractmethod
    def kind(self, row: Row) -> str:
        """What kind of post its allowance is asked for."""

    @abstractmethod
    def topics(self, row: Row) -> tuple[str, ...]:
        """What open pages know it by."""

    @abstractmethod
    def give(self, channel: Channel, row: Row) -> Sent:
        """Ask the channel to take it; the only place that does."""

    @abstractmethod
    def find(self, channel: Channel, row: Row) -> Receipt | None:
        """Ask the channel whether it has it. Raises TroubleError."""

    def in_hand(self, row: Row) -> bool:
        """Whether a person sends it on the platform's own page; then the desk only looks."""
        return False

    def kept(self, receipt: Receipt) -> dict[str, Any]:
        """What of a receipt is kept beside where it stands."""
        return {}

    def hold(self, row: Row) -> None:
        """Lock what everybody locks before an allowance; called where a step begins."""

    @abstractmethod
    def tell(self, row: Row) -> None:
        """It was sent, refused or withdrawn: rooms above follow."""
