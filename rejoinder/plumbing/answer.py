"""What comes back from a call over the network: an answer, or none. Pure."""

import msgspec


class Answer(msgspec.Struct, frozen=True):
    """What came back: `header` names are lower case; `cut` says that the body went on."""

    status: int
    header: dict[str, str]
    body: bytes
    cut: bool = False


class NoAnswerError(Exception):
    """The call failed on the network. `may_have_arrived` is False only when it surely did not."""

    def __init__(self, words: str, *, may_have_arrived: bool) -> None:
        super().__init__(words)
        self.words = words
        self.may_have_arrived = may_have_arrived
