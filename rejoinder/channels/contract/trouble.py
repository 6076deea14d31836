"""What a channel raises when it cannot do what it was asked. Pure."""


class TroubleError(Exception):
    """Listening or checking failed. `words` say what happened; try again in `after` seconds."""

    def __init__(self, words: str, after: float = 30.0, *, permanent: bool = False) -> None:
        super().__init__(words)
        self.words = words
        self.after = after
        self.permanent = permanent
