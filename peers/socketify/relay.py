"""Broadcast with socketify (uWebSockets for Python): its publish and subscribe, where uWebSockets does the fan-out."""

import sys

from socketify import App, AppListenOptions, CompressOptions

MAX_MESSAGE_BYTES = 16 * 1024 * 1024
MAX_BACKPRESSURE_BYTES = 64 * 1024 * 1024
TOPIC = "relay"
app = App()

# The app's publish reaches the sender too, and every client in one same order. Past the back pressure uWebSockets
# would drop messages unnoticed: the limit is out of reach of a client that reads, and one that does not is closed.
app.ws(
    "/*",
    {
        "compression": CompressOptions.DISABLED,
        "max_payload_length": MAX_MESSAGE_BYTES,
        "max_backpressure": MAX_BACKPRESSURE_BYTES,
        "close_on_backpressure_limit": True,
        "idle_timeout": 0,
        "open": lambda client: client.subscribe(TOPIC),
        "message": lambda client, message, opcode: app.publish(TOPIC, message, opcode),
    },
)
app.listen(AppListenOptions(port=int(sys.argv[1]), host="127.0.0.1"))
app.run()
