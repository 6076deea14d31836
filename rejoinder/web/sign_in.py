"""How people come in: by invitation only, with passkeys, codes, or a one-time link."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from rejoinder.plumbing import secrets


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Nobody signs up by themselves; an owner invites."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class SealedFactors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Keeps TOTP secrets and recovery seeds under the master key."""

    def encrypt(self, text: str) -> str:
        return secrets.seal({"text": text}, "mfa").hex()

    def decrypt(self, encrypted_text: str) -> str:
        return str(secrets.unseal(bytes.fromhex(encrypted_text), "mfa")["text"])
