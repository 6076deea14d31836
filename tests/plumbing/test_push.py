"""A message to a browser is what RFC 8291 says it is, and only that browser opens it."""

import json
from base64 import urlsafe_b64decode
from datetime import UTC, datetime

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.plumbing import push
from rejoinder.plumbing.push import Browser, NoBrowserError
from tests.plumbing.browser import Receiver

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)

# RFC 8291, Appendix A.
PLAIN = b"When I grow up, I want to be a watermelon"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
RECEIVER = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SECRET = "BTBZMqHH6r4Tts7J_aSIgg"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6Tlz"
    "AC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def raw(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_the_example_of_the_standard_comes_out_byte_for_byte() -> None:
    ours = ec.derive_private_key(int.from_bytes(raw(SENDER), "big"), ec.SECP256R1())
    browser = Browser("https://push.example.net/x", RECEIVER, SECRET)

    assert push.sealed(PLAIN, browser, salt=raw(SALT), ours=ours) == raw(BODY)


@given(st.binary(max_size=push.LONGEST))
def test_the_browser_opens_what_was_sealed_for_it(message: bytes) -> None:
    mine, other = Receiver(), Receiver()
    body = push.sealed(message, mine.browser("https://push.example.net/x"))

    assert mine.opened(body) == message
    assert len(body) <= 4096
    with pytest.raises(InvalidTag):
        other.opened(body)


def test_who_sends_is_signed_for_this_service_alone() -> None:
    key = push.new_key()

    header = push.authorization("https://push.example.net/x/1", key, "https://d.example", NOW)

    token, shown = header.removeprefix("vapid t=").split(", k=")
    head, claims, signature = token.split(".")
    assert json.loads(raw(head)) == {"alg": "ES256"}
    told = json.loads(raw(claims))
    assert (told["aud"], told["sub"]) == ("https://push.example.net", "https://d.example")
    assert 0 < told["exp"] - NOW.timestamp() <= 86_400
    both = raw(signature)
    der = encode_dss_signature(*(int.from_bytes(part, "big") for part in (both[:32], both[32:])))
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw(shown))
    public.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    assert shown == push.public(key) != push.public(push.new_key())


@pytest.mark.parametrize(
    "wrong",
    [
        Browser("http://push.example.net/x", RECEIVER, SECRET),
        Browser("https://", RECEIVER, SECRET),
        Browser("https://push.example.net/x", "", SECRET),
        Browser("https://push.example.net/x", RECEIVER[:-3], SECRET),
        Browser("https://push.example.net/x", "ä" * 87, SECRET),
        Browser("https://push.example.net/x", RECEIVER, "c2hvcnQ"),
        Browser("https://push.example.net/" + "x" * 3000, RECEIVER, SECRET),
    ],
)
def test_what_is_no_subscription_is_refused(wrong: Browser) -> None:
    with pytest.raises(NoBrowserError):
        push.check(wrong)
