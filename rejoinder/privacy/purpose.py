"""Why personal data may be opened: a closed list, each purpose with its name in the W3C vocabulary.

Names behind `dpv:` are concepts of the Data Privacy Vocabulary 2 (https://w3id.org/dpv).
"""

from collections.abc import Collection
from typing import NamedTuple


class Purpose(NamedTuple):
    """What a purpose says to people, and what it is called in the vocabulary."""

    words: str
    dpv: str


PURPOSES: dict[str, Purpose] = {
    "care-reply": Purpose("to answer the person", "dpv:CommunicationForCustomerCare"),
    "callback": Purpose(
        "to call the person back, who asked for it", "dpv:RequestedServiceProvision"
    ),
    "identity-check": Purpose(
        "to make sure that the account is this person's", "dpv:IdentityVerification"
    ),
    "account-security": Purpose(
        "to stop a fraud or a takeover of the account", "dpv:EnforceSecurity"
    ),
    "service-notice": Purpose(
        "to tell the person of a fault that concerns them", "dpv:CommunicationManagement"
    ),
    "legal-duty": Purpose("because a law or a regulator demands it", "dpv:LegalCompliance"),
    "subject-access": Purpose("to show the person what is kept of them", "dpv:RightsFulfilment"),
    "marketing": Purpose("to advertise to a person who opted in", "dpv:DirectMarketing"),
}

# What people write to a desk of care is kept for these; marketing is granted, never assumed.
CARE = ("care-reply", "callback", "identity-check", "account-security", "legal-duty")


ALWAYS = "subject-access"  # people may see what is kept of them, whatever it is kept for


def written(purposes: Collection[str]) -> str:
    """Purposes as they are bound into a seal: in the order of the list, with commas between.

    ValueError when one is not on the list.
    """
    if unknown := set(purposes) - set(PURPOSES):
        raise ValueError(f"no purpose: {', '.join(sorted(unknown))}")
    return ",".join(name for name in PURPOSES if name in purposes)


def refusal(purpose: str, allowed: str, why: str) -> str:
    """Why something is not opened; empty when nothing stands against it.

    `allowed` are the purposes it was sealed for, with commas between.
    """
    if purpose not in PURPOSES:
        return f"'{purpose}' is no purpose. There are: {', '.join(PURPOSES)}."
    if purpose != ALWAYS and purpose not in allowed.split(","):
        return f"It was not kept for '{purpose}', only for: {allowed.replace(',', ', ')}."
    if not why.strip():
        return "Say in a few words why it has to be opened."
    return ""
