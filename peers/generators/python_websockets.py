"""A load generator as one writes it with Python's websockets: counts messages, and nothing else.

    python3 python_websockets.py PORT PATH CLIENTS BYTES IN_FLIGHT WARMUP SECONDS

The same load and the same line of JSON as bare_load.c.
"""

import asyncio
import json
import resource
import sys
import time

import websockets

try:
    import uvloop
except ImportError:
    uvloop = None

DRAIN_SECONDS = 2


class Load:
    def __init__(self, clients, payload, in_flight):
        self.clients = clients
        self.payload = payload
        self.in_flight = in_flight
        self.published = 0
        self.deliveries = 0
        # Deliveries that each outstanding message still lacks; the relay keeps one order: a client's n-th is the n-th.
        self.missing = {}
        self.has_room = asyncio.Event()

    async def receive(self, socket):
        number = 0
        async for _ in socket:
            self.deliveries += 1
            left = self.missing[number] - 1
            if left:
                self.missing[number] = left
            else:
                del self.missing[number]
                self.has_room.set()
            number += 1

    async def publish(self, socket):
        while True:
            while len(self.missing) < self.in_flight:
                self.missing[self.published] = self.clients
                self.published += 1
                await socket.send(self.payload)
            self.has_room.clear()
            await self.has_room.wait()

    def now(self):
        usage = resource.getrusage(resource.RUSAGE_SELF)
        return {
            "at": time.monotonic_ns(),
            "cpu": time.process_time_ns(),
            "user": int(usage.ru_utime * 1e9),
            "system": int(usage.ru_stime * 1e9),
            "deliveries": self.deliveries,
            "messages": self.published,
        }


async def main(port, path, clients, payload_bytes, in_flight, warmup, seconds):
    load = Load(clients, b"x" * payload_bytes, in_flight)
    url = f"ws://127.0.0.1:{port}{path}"
    sockets = [await websockets.connect(url, compression=None, ping_interval=None) for _ in range(clients)]
    receivers = [asyncio.create_task(load.receive(socket)) for socket in sockets]
    publisher = asyncio.create_task(load.publish(sockets[0]))
    await asyncio.sleep(warmup)
    first = load.now()
    await asyncio.sleep(seconds)
    last = load.now()
    publisher.cancel()
    ends_at = time.monotonic() + DRAIN_SECONDS
    while load.missing and time.monotonic() < ends_at:
        await asyncio.sleep(0.01)
    failed = [task for task in receivers if task.done()]
    if failed:
        sys.exit(f"python_websockets: a client has ended: {failed[0].exception()}")
    print(
        json.dumps(
            {
                "messages": last["messages"] - first["messages"],
                "deliveries": last["deliveries"] - first["deliveries"],
                "elapsedNanoseconds": last["at"] - first["at"],
                "cpuNanoseconds": last["cpu"] - first["cpu"],
                "userNanoseconds": last["user"] - first["user"],
                "systemNanoseconds": last["system"] - first["system"],
                "missing": load.published * clients - load.deliveries,
            }
        ),
        flush=True,
    )
    for task in receivers:
        task.cancel()


if uvloop:
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
asyncio.run(main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:8])))
