"""What the guard finds: a closed list. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is wrong with a reply as it would leave."""

    PERSONAL = "personal"
    HEALTH = "health"
    ALONE = "alone"
    WHEREABOUTS = "whereabouts"
    APPOINTMENT = "appointment"
    SECRET = "secret"  # noqa: S105  # the kind of a finding
    ASKS_PERSONAL = "asks-personal"
    LINK = "link"
    NAME = "name"
    ACCOUNT = "account"
    LENGTH = "length"
    UNANSWERED = "unanswered"


# What each means, for people who read the reference.
MEANS: dict[Kind, str] = {
    Kind.PERSONAL: "personal data, ours or theirs, that the organisation does not publish",
    Kind.HEALTH: "somebody's health, or a device that keeps them well",
    Kind.ALONE: "that somebody is alone",
    Kind.WHEREABOUTS: "where somebody is, or that a home is empty",
    Kind.APPOINTMENT: "when somebody is called, visited or expected",
    Kind.SECRET: "asks for a PIN, a password or another secret; nobody of us ever does",
    Kind.ASKS_PERSONAL: "asks in public for what would then stand there in public",
    Kind.LINK: "a link off the organisation's own domain where an account is the matter",
    Kind.NAME: "the name of somebody from another open conversation of the writer",
    Kind.ACCOUNT: "the person wrote to another account of ours than this leaves from",
    Kind.LENGTH: "longer than the platform takes",
    Kind.UNANSWERED: "a direct question that the reply passes over",
}
# What everybody would read; in a private message it may stand.
IN_PUBLIC = frozenset(
    {
        Kind.PERSONAL,
        Kind.HEALTH,
        Kind.ALONE,
        Kind.WHEREABOUTS,
        Kind.APPOINTMENT,
        Kind.ASKS_PERSONAL,
    }
)
# No reason overrides these.
FINAL = frozenset({Kind.LENGTH})
# A second press is enough for these; the others ask for a reason.
ASKS_ONCE = frozenset({Kind.UNANSWERED})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. `start` and `end` are code points, equal where it has no place in the text.

    `detail` is the kind of personal data, a name, a handle, a host or the words of a question.
    """

    kind: Kind
    start: int = 0
    end: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A reply as it would leave, and what is known around it.

    `to` and `said`: what the person is called, and what they wrote since our last word, oldest
    first. `others`: people of the writer's other open conversations. `ours`: names of the team.
    `account` and `accounts`: the handle it leaves as, and our others on that channel.
    """

    text: str
    public: bool = True
    fits: bool = True
    to: Sequence[str] = ()
    said: Sequence[str] = ()
    others: Sequence[str] = ()
    ours: Sequence[str] = ()
    account: str = ""
    accounts: Sequence[str] = ()
    account_matter: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """What the organisation tells everybody: phone numbers and e-mail addresses, places of its
    own, and the domains that its links are on.
    """

    contacts: Sequence[str] = ()
    places: Sequence[str] = ()
    domains: Sequence[str] = ()
