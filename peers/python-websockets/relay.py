"""Broadcast with Python's websockets: its broadcast(), and uvloop, which its documentation recommends for speed."""

import asyncio
import sys

from websockets import ConnectionClosed, broadcast, serve

try:
    import uvloop
except ImportError:
    uvloop = None

MAX_MESSAGE_BYTES = 16 * 1024 * 1024
clients = set()


async def relay(client):
    clients.add(client)
    try:
        async for message in client:
            broadcast(clients, message)
    except ConnectionClosed:
        pass
    finally:
        clients.discard(client)


async def main(port):
    # asyncio and uvloop set TCP_NODELAY themselves.
    async with serve(relay, "127.0.0.1", port, compression=None, ping_interval=None, max_size=MAX_MESSAGE_BYTES):
        await asyncio.get_running_loop().create_future()


if uvloop:
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
asyncio.run(main(int(sys.argv[1])))
