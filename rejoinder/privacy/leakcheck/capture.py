"""TCP segments from a capture (pcap or pcapng), whatever lies below them."""

from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

import dpkt

_LINKS = {
    dpkt.pcap.DLT_NULL: dpkt.loopback.Loopback,
    dpkt.pcap.DLT_LOOP: dpkt.loopback.Loopback,
    dpkt.pcap.DLT_EN10MB: dpkt.ethernet.Ethernet,
    dpkt.pcap.DLT_LINUX_SLL: dpkt.sll.SLL,
    276: dpkt.sll2.SLL2,
}
_NONE_BELOW = frozenset((12, 14, dpkt.pcap.DLT_RAW, 228, 229))  # IP itself
_BAD = (dpkt.Error, ValueError, IndexError, AttributeError, TypeError, OverflowError)
_QUIC = 443


class NotCaptureError(ValueError):
    """The file is no capture, or one of something that carries no IP."""


class Segment(NamedTuple):
    """One packet of a TCP connection: who to whom, where in the stream, and what."""

    flow: tuple[bytes, int, bytes, int]
    seq: int
    data: bytes
    opens: bool = False
    closes: bool = False


class Unread(NamedTuple):
    """A packet that cannot be followed, in a word."""

    why: str


def segments(file: BinaryIO) -> Iterator[Segment | Unread]:
    """Everything that is TCP, in the order of the capture. Raises NotCaptureError."""
    try:
        reader = dpkt.pcap.UniversalReader(file)
    except _BAD:
        raise NotCaptureError("It is no capture (pcap or pcapng).") from None
    link = reader.datalink()
    if link not in _LINKS and link not in _NONE_BELOW:
        raise NotCaptureError(f"Its link type {link} is not known.")
    for frame in _frames(reader):
        try:
            if found := _segment(_ip(link, frame)):
                yield found
        except _BAD:
            yield Unread("broken packets")


def _frames(reader: Any) -> Iterator[bytes]:
    """Up to the end, or to where the file was cut."""
    frames = iter(reader)
    while True:
        try:
            _, frame = next(frames)
        except StopIteration:
            return
        except _BAD:
            return
        yield bytes(frame)


def _ip(link: int, frame: bytes) -> Any:
    if link in _NONE_BELOW:
        return (dpkt.ip6.IP6 if frame[0] >> 4 == 6 else dpkt.ip.IP)(frame)
    return _LINKS[link](frame).data


def _segment(ip: Any) -> Segment | Unread | None:
    if not isinstance(ip, dpkt.ip.IP | dpkt.ip6.IP6):
        return None
    if isinstance(ip, dpkt.ip.IP) and (ip.mf or ip.offset):
        return Unread("fragments")
    if isinstance(ip.data, dpkt.udp.UDP):
        return Unread("encrypted packets (QUIC)") if _QUIC in _ports(ip.data) else None
    if not isinstance(ip.data, dpkt.tcp.TCP):
        return None
    tcp = ip.data
    flow = (bytes(ip.src), tcp.sport, bytes(ip.dst), tcp.dport)
    ends = bool(tcp.flags & (dpkt.tcp.TH_FIN | dpkt.tcp.TH_RST))
    return Segment(flow, tcp.seq, bytes(tcp.data), bool(tcp.flags & dpkt.tcp.TH_SYN), ends)


def _ports(udp: Any) -> tuple[int, int]:
    return udp.sport, udp.dport
