"""Why personal data may be opened: a closed list."""

PURPOSES: dict[str, str] = {
    "care-reply": "to answer the person",
    "callback": "to call the person back, who asked for it",
    "identity-check": "to make sure that the account is this person's",
    "account-security": "to stop a fraud or a takeover of the account",
    "legal-duty": "because a law or a regulator demands it",
}


def refusal(purpose: str, allowed: str, why: str) -> str:
    """Why an original is not opened; empty when nothing stands against it.

    `allowed` are the purposes it was sealed for, with commas between.
    """
    if purpose not in PURPOSES:
        return f"'{purpose}' is no purpose. There are: {', '.join(PURPOSES)}."
    if purpose not in allowed.split(","):
        return f"It was not kept for '{purpose}', only for: {allowed.replace(',', ', ')}."
    if not why.strip():
        return "Say in a few words why it has to be opened."
    return ""
