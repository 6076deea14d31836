"""A client that asks for one address as fast as it is answered: `PORT PATH SECONDS CONNECTIONS`.

A process of its own, so that its work is not taken from the server's interpreter; prints how many
requests a second were answered.
"""

import asyncio
import sys
import time


async def ask(port: int, path: str, seconds: float, connections: int) -> float:
    """Requests a second, over connections that stay open."""
    began = time.perf_counter()
    clients = (_ask_on_one(port, path, began + seconds) for _ in range(connections))
    counts = await asyncio.gather(*clients)
    return sum(counts) / (time.perf_counter() - began)


async def _ask_on_one(port: int, path: str, ends: float) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    asked = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    many, length = 0, 0
    while time.perf_counter() < ends:
        writer.write(asked)
        if length:  # every answer is as long as the first
            await reader.readexactly(length)
        else:
            head = await reader.readuntil(b"\r\n\r\n")
            assert b" 200 " in head, head
            body = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            await reader.readexactly(body)
            length = len(head) + body
        many += 1
    writer.close()
    return many


if __name__ == "__main__":
    port, path, seconds, connections = sys.argv[1:]
    rate = asyncio.run(ask(int(port), path, float(seconds), int(connections)))
    sys.stdout.write(f"{rate}\n")
