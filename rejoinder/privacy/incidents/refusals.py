"""Why the register does not do something now; the message says what to do."""


class CannotError(Exception):
    """Nothing was changed. The message is for whoever asked."""
