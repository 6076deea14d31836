"""A thousand open pages: does each get every event in order, and what does a page cost the door?"""

import asyncio
import json
import os
import time
from pathlib import Path

from benchmarks.serving import door, signed_in
from benchmarks.table import Rows, row
from rejoinder.plumbing import live

CLIENTS = 1000
EVENTS = 200
MOST = 30_000  # bytes of memory a client


def run() -> Rows:
    """Streams against a real door in a process of its own."""
    cookie = signed_in()
    with door() as (port, process):
        before = _memory(process)
        complete, during, slowest = asyncio.run(_follow(port, cookie, process))
    each = (during - before) / CLIENTS
    return [
        row("streams: clients that got every event in order", complete, at_least=CLIENTS),
        row("streams: bytes a client", each, at_most=MOST),
        row("streams: seconds from the first commit to the last event at the last client", slowest),
    ]


async def _follow(port: int, cookie: str, pid: int) -> tuple[int, int, float]:
    streams: list[Stream] = []
    for start in range(0, CLIENTS, 50):  # in groups: the backlog of a listening socket is short
        group = range(start, min(start + 50, CLIENTS))
        streams += await asyncio.gather(*(_open(port, cookie) for _ in group))
    await asyncio.sleep(1)
    during = _memory(pid)
    began = time.perf_counter()
    got, _ = await asyncio.gather(
        asyncio.gather(*(_read(reader) for reader, _ in streams)), asyncio.to_thread(_tell)
    )
    slowest = time.perf_counter() - began
    wanted = [f"conversation:{number}" for number in range(EVENTS)]
    return sum(topics == wanted for topics in got), during, slowest


Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]  # without its writer it would close


async def _open(port: int, cookie: str) -> Stream:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        f"GET /live HTTP/1.1\r\nHost: localhost\r\nCookie: sessionid={cookie}\r\n\r\n".encode()
    )
    head = await reader.readuntil(b"\r\n\r\n")
    assert b" 200 " in head, head
    await reader.readuntil(b"retry:")
    return reader, writer


async def _read(reader: asyncio.StreamReader) -> list[str]:
    topics: list[str] = []
    async with asyncio.timeout(120):
        while len(topics) < EVENTS:
            line = await reader.readline()
            assert line, "the door closed a stream"
            if line.startswith(b"data: "):
                topics += json.loads(line[6:])["topics"]
    return topics


def _tell() -> None:
    for number in range(EVENTS):
        live.changed(f"conversation:{number}")


def _memory(pid: int) -> int:
    """Resident bytes of a process."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
