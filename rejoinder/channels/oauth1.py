"""Signs a call as OAuth 1.0a asks (RFC 5849, HMAC-SHA1), as X and Flickr take it. Pure."""

import base64
import hmac
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from urllib.parse import parse_qsl, quote, urlsplit

from msgspec import Struct

_NOTHING: Mapping[str, str] = MappingProxyType({})


class Keys(Struct, frozen=True):
    """The keys of an app, and those of the account that let it in."""

    consumer: str
    consumer_secret: str
    token: str
    token_secret: str


def header(
    keys: Keys,
    method: str,
    url: str,
    query: Iterable[tuple[str, str]],
    *,
    nonce: str,
    timestamp: int,
    more: Mapping[str, str] = _NOTHING,
) -> str:
    """The Authorization header for a call; `url` without its query, a JSON body signs nothing.

    A form in the body is signed with the query. `more` are further words of the protocol, such as
    `oauth_callback`, before there is a token.
    """
    ours = {
        "oauth_consumer_key": keys.consumer,
        "oauth_nonce": nonce,
        "oauth_signature_method": "HMAC-SHA1",
        "oauth_timestamp": str(timestamp),
        "oauth_version": "1.0",
        **({"oauth_token": keys.token} if keys.token else {}),
        **more,
    }
    ours["oauth_signature"] = signature(keys, method, url, [*query, *ours.items()])
    return "OAuth " + ", ".join(f'{name}="{_quoted(value)}"' for name, value in ours.items())


def signature(keys: Keys, method: str, url: str, parameters: Iterable[tuple[str, str]]) -> str:
    """Section 3.4: over the method, the address and every parameter but the signature itself."""
    parts = urlsplit(url)
    named = [*parameters, *parse_qsl(parts.query, keep_blank_values=True)]
    pairs = sorted((_quoted(name), _quoted(value)) for name, value in named)
    said = "&".join(f"{name}={value}" for name, value in pairs)
    base = "&".join(map(_quoted, (method.upper(), _address(url), said)))
    secret = f"{_quoted(keys.consumer_secret)}&{_quoted(keys.token_secret)}"
    return base64.b64encode(hmac.digest(secret.encode(), base.encode(), "sha1")).decode()


def _address(url: str) -> str:
    """Scheme and host in lower case, a usual port left away (3.4.1.2)."""
    parts = urlsplit(url)
    host = parts.netloc.lower().rpartition("@")[2]
    usual = {"http": ":80", "https": ":443"}.get(parts.scheme.lower(), "")
    return f"{parts.scheme.lower()}://{host.removesuffix(usual)}{parts.path or '/'}"


def _quoted(text: str) -> str:
    return quote(text, safe="-._~")
