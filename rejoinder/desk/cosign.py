"""Who signs what: on accounts that co-sign, each reply ends with the sign of whoever wrote it."""

from django.db import transaction

from rejoinder.channels.models import Account
from rejoinder.desk import signing
from rejoinder.listening.models import Conversation
from rejoinder.plumbing import live
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor


def mark(conversation: Conversation, actor: Advisor) -> str:
    """The sign of the actor's replies here; empty where the account does not co-sign."""
    account = conversation.account
    return actor.sign if account is not None and account.cosigns else ""


def signed(conversation: Conversation, actor: Advisor, text: str) -> str:
    """The reply as it would leave."""
    return signing.signed(text, mark(conversation, actor))


def unsigned(conversation: Conversation, actor: Advisor, text: str) -> str:
    """The reply as its writer wrote it."""
    return signing.unsigned(text, mark(conversation, actor))


def switch(actor: Advisor, account: Account, *, signs: bool) -> None:
    """Sign the replies of an account from now on, or no more."""
    access.require(actor, access.CONNECT)
    with transaction.atomic():
        account.cosigns = signs
        account.save(update_fields=["cosigns"])
        _tell(actor, account)
        live.changed(live.ANSWERS, live.account(account.public_id))


def _tell(actor: Advisor, account: Account) -> None:
    if account.cosigns:
        audit.line(actor, "lets replies be signed", account.handle)
    else:
        audit.line(actor, "lets replies be signed no more", account.handle)
