"""WebSocket APIs answer with the subprotocol that $connect chose, and idle connections cost nothing.

AWS: a $connect integration that returns Sec-WebSocket-Protocol chooses the subprotocol.
https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-connect-route-subprotocol.html
Without a $connect route a client connects all the same, and $default is for messages.
https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html

MiniStack 1.5.33: never answers with a subprotocol, so that a client which asks for one closes; wakes twice a second for
each connection, which bounds it at a few thousand; runs $default for connect and disconnect.

Here: the subprotocol is answered when the client offered it; outgoing messages are waited for without a timer; $default
gets messages alone.

Upstream issue: "WebSocket: Sec-WebSocket-Protocol of the $connect response is dropped; wait_for(outbox.get(), 0.5) wakes
every idle connection twice a second (5,000 of them keep a core busy) where an empty item put by close would do; and
_match_ws_route falls back to $default for $connect and $disconnect."

Parity:
- "A client that asks for a subprotocol gets the one that its $connect route answers"
- "A connection to an API without a connect route calls nothing: the default route is for messages"
"""

from typing import Any

from ministack.services import apigateway
from seam import edit, replace


def chosen_subprotocol(headers: dict, connect_response: dict | None) -> str | None:
    """What $connect returned, if the client offered it: a server may choose no other."""
    returned = {name.lower(): value for name, value in ((connect_response or {}).get("headers") or {}).items()}
    offered = [name.strip() for name in headers.get("sec-websocket-protocol", "").split(",")]
    choice = returned.get("sec-websocket-protocol")
    return choice if choice in offered else None


edit(
    apigateway,
    "handle_websocket",
    ("authorizer_context = None\n", "authorizer_context = resp = None\n"),
    ('"websocket.accept"}', '"websocket.accept", "subprotocol": _chosen_subprotocol(headers, resp)}'),
    ("item = await asyncio.wait_for(outbox.get(), timeout=0.5)", "item = await outbox.get()"),
    (
        "close_event.set()\n            closed_by_delete.cancel()",
        "close_event.set()\n            outbox.put_nowait(None)\n            closed_by_delete.cancel()",
    ),
    correction="websocket",
    _chosen_subprotocol=chosen_subprotocol,
)


@replace(apigateway, "_match_ws_route")
def messages_alone_by_default(original: Any, api_id: str, route_key: str) -> dict | None:
    route = original(api_id, route_key)
    if route_key in ("$connect", "$disconnect") and route and route.get("routeKey") != route_key:
        return None
    return route
