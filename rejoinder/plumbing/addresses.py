"""Which addresses may be connected to: those of the public internet, and hosts that were named."""

import ipaddress
import socket

from rejoinder.plumbing.answer import NoAnswerError


def looked_at(host: str, port: int, private: frozenset[str]) -> list[str]:
    """The addresses of a host, resolved once, all of which may be connected to.

    Raises NoAnswerError where one is on a private network and the host is not among `private`.
    """
    found = _resolve(host, port)
    if host not in private and not all(map(is_public, found)):
        raise NoAnswerError(
            f"{host} is on a private network and was not called. If it should be, name it in "
            "REJOINDER_ALLOW_PRIVATE.",
            may_have_arrived=False,
        )
    return found


def _resolve(host: str, port: int) -> list[str]:
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NoAnswerError(
            f"The name {host} is not known to the name server.", may_have_arrived=False
        ) from None
    return list(dict.fromkeys(str(row[4][0]) for row in rows))


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, looked at through its wrappings."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or _nat64(ip)
        if inner:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


def _nat64(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if ip in ipaddress.ip_network("64:ff9b::/96"):  # RFC 6052
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return None
