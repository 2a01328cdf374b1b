"""The gate: keeps web pages and other machines' names away from the emulator.

MiniStack answers every Host and every Origin, verifies no signature, takes whoever says the key `test` for root, and
serves admin paths without any key. A page that the user visits could therefore wipe the cloud, or run code on the
laptop by creating a function. No program but a browser is refused anything here, except the admin paths.

Refused with 403:

- a Host that is not this machine's loopback: a page whose own name was pointed at 127.0.0.1 (DNS rebinding)
- an Origin other than the address asked: a page of another site, or of another local port, that calls with scripts
- a cross-site or same-site fetch: images, forms and links of other pages, which carry no Origin
- the emulator's own paths, `/_ministack/*` and `/_localstack/*`, but for health
"""

import json
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

# SDKs and our functions send the host of their endpoint URL, which is one of these; `<bucket>.localhost` and
# `<api>.execute-api.localhost` are loopback by RFC 6761, whoever asks a resolver.
LOOPBACK = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\]|(?:[a-z0-9_-]+\.)+localhost)(?::\d{1,5})?", re.IGNORECASE)
ADMIN = ("/_ministack/", "/_localstack/")
HEALTH = ("/_ministack/health", "/_localstack/health", "/_ministack/ready")


class Gate:
    """Wraps an ASGI application and hands on only what may pass."""

    def __init__(self, inner: Application) -> None:
        self.inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        why = refusal(scope) if scope["type"] in ("http", "websocket") else None
        if why is None:
            await self.inner(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": why})
        else:
            body = json.dumps({"message": why}).encode()
            headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
            await send({"type": "http.response.start", "status": 403, "headers": headers})
            await send({"type": "http.response.body", "body": body})


def refusal(scope: Scope) -> str | None:
    """Why a request may not pass; None when it may."""
    hosts = _values(scope, b"host")
    if len(hosts) != 1 or not LOOPBACK.fullmatch(hosts[0]):
        return "The local cloud answers to this machine's loopback names only."
    scheme = "https" if scope.get("scheme") in ("https", "wss") else "http"
    own = f"{scheme}://{hosts[0]}".lower()
    if any(origin.lower() != own for origin in _values(scope, b"origin")):
        return "Pages of another origin may not call the local cloud."
    if any(site not in ("same-origin", "none") for site in _values(scope, b"sec-fetch-site")):
        return "Requests that another site's page makes are refused."
    if _is_admin(scope["path"]):
        return "The emulator's admin paths are closed."
    return None


def _is_admin(path: str) -> bool:
    # Folded as a lenient router would fold it: refusing too much costs nothing here.
    folded = re.sub(r"/{2,}", "/", path).lower()
    return f"{folded}/".startswith(ADMIN) and path not in HEALTH


def _values(scope: Scope, name: bytes) -> list[str]:
    return [value.decode("latin-1").strip() for key, value in scope["headers"] if key.lower() == name]
