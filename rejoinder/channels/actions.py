"""Connecting and disconnecting accounts of ours.

This room knows no advisors: whoever calls has asked for the right to connect, and passes a
`witness` that writes the audit line in the transaction of the change.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.db import transaction

from rejoinder.channels import registry
from rejoinder.channels.contract import Channel, Connection, Http, Identity, TroubleError
from rejoinder.channels.models import Account
from rejoinder.plumbing import clock, live
from rejoinder.plumbing.http import network

Witness = Callable[[Account], None]
_NOTHING: Mapping[str, str] = MappingProxyType({})


def connect(
    name: str,
    values: Mapping[str, str],
    *,
    witness: Witness,
    http: Http | None = None,
    more: Mapping[str, str] = _NOTHING,
) -> Account:
    """Open an account with what was filled in, and keep it; connecting again renews it.

    `more` are secrets that the platform gave (`allowing.py`). Raises TroubleError with the
    platform's words, registry.UnknownChannelError.
    """
    channel = registry.channel(name)
    given = filled_in(channel, values)
    secrets = {**given.secrets, **more}
    connection = Connection(settings=given.settings, secrets=secrets)
    identity = channel(connection, http or network(), secrets.update).identify()
    return _kept(name, identity, given.settings | identity.learned, secrets, witness)


def filled_in(channel: type[Channel], values: Mapping[str, str]) -> Connection:
    """What was filled in, in its two drawers. Raises TroubleError when something is missing."""
    filled = {field.name: _filled(channel, field.name, values) for field in channel.form}
    secrets = {field.name: filled.pop(field.name) for field in channel.form if field.secret}
    return Connection(settings=filled, secrets=secrets)


def disconnect(account: Account, *, witness: Witness) -> bool:
    """Stop hearing and answering there, and destroy the credentials; whether it was connected."""
    with transaction.atomic():
        ended = Account.objects.filter(pk=account.pk, disconnected_at=None).update(
            disconnected_at=clock.now(), sealed=b"", trouble="", trouble_at=None
        )
        if ended:
            live.changed(live.account(account.public_id))
            witness(account)
    account.refresh_from_db()
    return bool(ended)


def _filled(channel: type[Channel], name: str, values: Mapping[str, str]) -> str:
    field = next(field for field in channel.form if field.name == name)
    value = values.get(name, "").strip() or field.default
    if field.required and not value:
        raise TroubleError(f"{field.label} is missing. Fill it in.", permanent=True)
    return value


def _kept(
    name: str,
    identity: Identity,
    settings: dict[str, str],
    secrets: dict[str, str],
    witness: Witness,
) -> Account:
    with transaction.atomic():
        account = Account.objects.select_for_update().filter(
            channel=name, external_id=identity.external_id
        ).first() or Account(channel=name, external_id=identity.external_id)
        account.handle, account.name = identity.handle, identity.name
        account.settings = settings
        account.seal(secrets)
        account.connected_at, account.disconnected_at = clock.now(), None
        account.trouble, account.trouble_at = "", None
        account.save()
        live.changed(live.account(account.public_id))
        witness(account)
    return account
