"""Requests come out of a capture whole and once, whatever the network did to them."""

import io
import random

import dpkt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.privacy.leakcheck.capture import NotCaptureError
from rejoinder.privacy.leakcheck.check import Checker
from rejoinder.privacy.leakcheck.pcap import Capture
from rejoinder.privacy.leakcheck.shapes import Request
from tests.privacy.leakcheck.captures import ACK, asked, connection, pcap, pcapng, tcp

LEAK = [("Host", "news.example"), ("X-Up-Calling-Line-Id", "447700900123")]
ETHERNET = b"\x02" * 12


def read(file: io.BytesIO) -> tuple[list[Request], dict[str, int]]:
    capture = Capture(file)
    return list(capture.requests()), dict(capture.unread)


@given(
    st.lists(st.binary(max_size=900), min_size=1, max_size=4),
    st.integers(0, (1 << 32) - 1) | st.integers((1 << 32) - 2000, (1 << 32) - 1),
    st.randoms(use_true_random=False),
)
def test_each_request_comes_once_whatever_the_network_did(
    bodies: list[bytes], start: int, chance: random.Random
) -> None:
    sent = b"".join(asked(f"/{number}", LEAK, body) for number, body in enumerate(bodies))
    mixed = [
        *connection(sent, start, chance, port=40001),
        *connection(b"\x16\x03\x01" + sent, start, chance, port=40002),
    ]
    found, unread = read(pcap(map(bytes, mixed)))
    assert [(one.target, one.body) for one in found] == [
        (f"/{number}", body) for number, body in enumerate(bodies)
    ]
    assert all(one.host == "news.example" for one in found)
    assert unread == {"encrypted connections (TLS)": 1}


@pytest.mark.parametrize(
    ("link", "before"),
    [
        (dpkt.pcap.DLT_RAW, b""),
        (dpkt.pcap.DLT_EN10MB, ETHERNET + b"\x08\x00"),
        (dpkt.pcap.DLT_EN10MB, ETHERNET + b"\x81\x00\x00\x07\x08\x00"),
        (dpkt.pcap.DLT_LINUX_SLL, b"\x00\x00\x00\x01\x00\x06" + b"\x02" * 8 + b"\x08\x00"),
        (dpkt.pcap.DLT_NULL, b"\x02\x00\x00\x00"),
        (276, b"\x08\x00" + b"\x00" * 18),
    ],
)
def test_what_lies_below_does_not_matter(link: int, before: bytes) -> None:
    frame = before + bytes(tcp(7, asked("/", LEAK)))
    found, _ = read(pcap([frame], link))
    assert [one.kind for one in Checker().check(found)[0]] == ["msisdn"]


def test_the_newer_format_and_ipv6_are_read() -> None:
    inner = dpkt.tcp.TCP(sport=4, dport=8080, seq=1, flags=ACK, data=asked("/"))
    packet = dpkt.ip6.IP6(src=b"\x20" * 16, dst=b"\x20\x01" * 8, nxt=6, data=inner)
    packet.plen = len(inner)
    found, _ = read(pcapng([bytes(packet)]))
    assert [one.host for one in found] == ["[2001:2001:2001:2001:2001:2001:2001:2001]:8080"]


def test_a_connection_that_was_open_before_is_read_from_its_next_request() -> None:
    tail = b"rest of a body\r\n" + asked("/next", LEAK)
    found, _ = read(pcap([bytes(tcp(90 + at, tail[at : at + 9])) for at in range(0, len(tail), 9)]))
    assert [one.target for one in found] == ["/next"]


def test_a_lost_segment_costs_one_request() -> None:
    first, second, third = (asked(f"/{number}", LEAK, b"x" * 90) for number in range(3))
    packets = [tcp(0, first), tcp(len(first + second), third)]
    found, _ = read(pcap(map(bytes, packets)))
    assert [one.target for one in found] == ["/0", "/2"]


def test_a_request_that_was_cut_is_still_checked() -> None:
    cut = asked("/", LEAK)[:-20]
    found, _ = read(pcap([bytes(tcp(5, cut))]))
    assert [one.kind for one in Checker().check(found)[0]] == ["msisdn"]


def test_chunks_are_put_together_and_folded_headers_read() -> None:
    sent = (
        b"PUT /a HTTP/1.1\r\nX-Acme: one\r\n two\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"3;x=y\r\nmsi\r\n4\r\nsdn=\r\n0\r\n\r\n" + asked("/b")
    )
    found, _ = read(pcap([bytes(tcp(5, sent))]))
    assert [(one.target, one.body) for one in found] == [("/a", b"msisdn="), ("/b", b"")]
    assert ("X-Acme", "one two") in found[0].headers


def test_what_a_server_says_is_no_request() -> None:
    page = b"HTTP/1.1 200 OK\r\n\r\n<pre>\n" + asked("/example", LEAK)
    assert read(pcap([bytes(tcp(5, page))]))[0] == []


def test_what_cannot_be_read_is_counted() -> None:
    part = tcp(5, asked("/"))
    part.mf = 1
    udp = dpkt.udp.UDP(sport=5, dport=443, data=b"x" * 20)
    udp.ulen = len(udp)
    quic = dpkt.ip.IP(src=b"\x01" * 4, dst=b"\x02" * 4, p=17, data=udp)
    quic.len += len(udp)
    newer = tcp(9, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", port=7)
    found, unread = read(pcap([bytes(part), bytes(quic), bytes(newer), b"\x45\x00"]))
    assert found == []
    assert unread == {
        "fragments": 1,
        "encrypted packets (QUIC)": 1,
        "connections of HTTP/2": 1,
        "broken packets": 1,
    }


def test_a_file_that_ends_too_early_gives_what_it_had() -> None:
    whole = pcap([bytes(tcp(5, asked("/a"))), bytes(tcp(5, asked("/b"), port=9))]).getvalue()
    assert [one.target for one in read(io.BytesIO(whole[:-7]))[0]] == ["/a", "/b"]
    assert [one.target for one in read(io.BytesIO(whole[: len(whole) // 2 + 20]))[0]] == ["/a"]


@given(st.binary(max_size=300))
def test_any_bytes_may_come(noise: bytes) -> None:
    with pytest.raises(NotCaptureError):
        read(io.BytesIO(noise))
    read(pcap([noise, bytes(tcp(5, noise)), bytes(tcp(5, asked("/") + noise, port=8))]))
