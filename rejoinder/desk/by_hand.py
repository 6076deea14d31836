"""Whether a platform lets a program answer somebody, or only a person on its own page."""

from rejoinder.channels import registry
from rejoinder.channels.contract import Outgoing
from rejoinder.listening.models import Mention


def only_by_hand(mention: Mention) -> bool | None:
    """True: only a person may; False: a program may; None: it makes no difference there."""
    channel = registry.channels().get(mention.channel)
    if channel is None or not channel.can.by_hand or mention.ours or not mention.public:
        return None
    asked = Outgoing(
        text="",
        to=mention.external_id,
        root=mention.thread,
        ref=mention.ref,
        created_at=mention.created_at,
    )
    settings = mention.account.settings if mention.account else {}
    return bool(channel.by_hand(asked, settings))
