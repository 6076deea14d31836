"""Captures, made up: requests as segments, cut, shuffled and sent again."""

import io
import random
from collections.abc import Iterable, Sequence

import dpkt

CLIENT, SERVER = b"\xc0\x00\x02\x07", b"\xc6\x33\x64\x07"
SYN, FIN, ACK = dpkt.tcp.TH_SYN, dpkt.tcp.TH_FIN, dpkt.tcp.TH_ACK


def asked(path: str, headers: Sequence[tuple[str, str]] = (), body: bytes = b"") -> bytes:
    lines = [f"POST {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers)]
    lines.append(f"Content-Length: {len(body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body


def tcp(
    seq: int, data: bytes = b"", flags: int = ACK, *, port: int = 40000, to: int = 80
) -> dpkt.ip.IP:
    """One segment from the client."""
    segment = dpkt.tcp.TCP(sport=port, dport=to, seq=seq % (1 << 32), flags=flags, data=data)
    packet = dpkt.ip.IP(src=CLIENT, dst=SERVER, p=dpkt.ip.IP_PROTO_TCP, data=segment)
    packet.len += len(segment)
    return packet


def connection(data: bytes, start: int, chance: random.Random, *, port: int) -> list[dpkt.ip.IP]:
    """A whole one: cut anywhere, some sent twice, some overlapping, some out of order."""
    middle, at = [], 0
    while at < len(data):
        many = chance.randint(1, 400)
        back = chance.choice((0, 0, min(at, 30)))
        middle.append((at - back, data[at - back : at + many]))
        at += many
    middle += chance.sample(middle, len(middle) // 4)
    order = sorted(range(len(middle)), key=lambda place: place + chance.uniform(0, 8))
    return [
        tcp(start, flags=SYN, port=port),
        *(tcp(start + 1 + middle[i][0], middle[i][1], port=port) for i in order),
        tcp(start + 1 + len(data), flags=FIN | ACK, port=port),
    ]


def pcap(frames: Iterable[bytes], link: int = dpkt.pcap.DLT_RAW) -> io.BytesIO:
    file = io.BytesIO()
    writer = dpkt.pcap.Writer(file, linktype=link)
    for number, frame in enumerate(frames):
        writer.writepkt(frame, ts=number)
    return io.BytesIO(file.getvalue())


def pcapng(frames: Iterable[bytes]) -> io.BytesIO:
    file = io.BytesIO()
    interface = dpkt.pcapng.InterfaceDescriptionBlockLE(linktype=dpkt.pcap.DLT_RAW)
    writer = dpkt.pcapng.Writer(file, idb=interface)
    for number, frame in enumerate(frames):
        writer.writepkt(frame, ts=number)
    return io.BytesIO(file.getvalue())
