"""Opens an account: from its row and its sealed credentials to a channel that can be asked."""

from collections.abc import Callable

from django.db import transaction

from rejoinder.channels import registry
from rejoinder.channels.contract import Channel, Connection, Http, TroubleError
from rejoinder.channels.models import Account
from rejoinder.plumbing.http import network
from rejoinder.plumbing.secrets import CannotUnsealError


def open_account(account: Account, http: Http | None = None) -> Channel:
    """The account's channel, on the guarded network unless another is given.

    Raises TroubleError when the credentials cannot be unsealed.
    """
    channel = registry.channel(account.channel)
    return channel(unsealed(account), http or network(), _keep(account.pk))


def unsealed(account: Account) -> Connection:
    """The account as its channel knows it. Raises TroubleError when it cannot be unsealed."""
    return Connection(
        settings=account.settings,
        secrets=_unsealed(account),
        external_id=account.external_id,
        handle=account.handle,
    )


def _unsealed(account: Account) -> dict[str, str]:
    try:
        return account.unseal()
    except CannotUnsealError as error:
        raise TroubleError(str(error), after=300, permanent=True) from None


def _keep(number: int) -> Callable[[dict[str, str]], None]:
    """Stores renewed secrets beside those that stay, unless the account was disconnected."""

    def keep(renewed: dict[str, str]) -> None:
        with transaction.atomic():
            # Read again: another process may have renewed, or an owner connected anew.
            rows = Account.objects.select_for_update().filter(pk=number, disconnected_at=None)
            if account := rows.first():
                account.seal(account.unseal() | renewed)
                account.save(update_fields=["sealed"])

    return keep
