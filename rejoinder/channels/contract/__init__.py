"""The contract every channel keeps: plain data in, plain data out, and two ways to say no.

Pure: no framework, no clock, no network. `channel` says what a channel does; beside it stands what
it takes and gives: `hearing`, `sending`, `limits`, `connecting`, `network`, `trouble`.
"""

from rejoinder.channels.contract.channel import Channel
from rejoinder.channels.contract.connecting import (
    Authorization,
    Can,
    Connection,
    Field,
    FilmLimit,
    Finding,
    Identity,
)
from rejoinder.channels.contract.hearing import (
    Contact,
    Heard,
    Kept,
    KeptPage,
    Kind,
    Library,
    Media,
    Post,
    Received,
    Returned,
)
from rejoinder.channels.contract.limits import (
    BY_HAND,
    DELETE,
    EDIT,
    MONEY,
    PRIVATE,
    PUBLICATION,
    Alignment,
    Count,
    Limit,
    Observed,
    Scope,
)
from rejoinder.channels.contract.network import Flow, Http, Sockets, Streams
from rejoinder.channels.contract.sending import (
    Film,
    Outgoing,
    Picture,
    Publication,
    Receipt,
    Refused,
    Sent,
    Standing,
    TryLater,
    Uncertain,
)
from rejoinder.channels.contract.trouble import TroubleError

__all__ = [
    "BY_HAND",
    "DELETE",
    "EDIT",
    "MONEY",
    "PRIVATE",
    "PUBLICATION",
    "Alignment",
    "Authorization",
    "Can",
    "Channel",
    "Connection",
    "Contact",
    "Count",
    "Field",
    "Film",
    "FilmLimit",
    "Finding",
    "Flow",
    "Heard",
    "Http",
    "Identity",
    "Kept",
    "KeptPage",
    "Kind",
    "Library",
    "Limit",
    "Media",
    "Observed",
    "Outgoing",
    "Picture",
    "Post",
    "Publication",
    "Receipt",
    "Received",
    "Refused",
    "Returned",
    "Scope",
    "Sent",
    "Sockets",
    "Standing",
    "Streams",
    "TroubleError",
    "TryLater",
    "Uncertain",
]
