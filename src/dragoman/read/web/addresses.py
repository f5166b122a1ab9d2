"""Which addresses may be connected to?

A page or a feed can name any address, and so can a redirect; addresses on this machine and on private networks are
refused unless the user allows them. A name is resolved once, every address it has is checked, and the connection is made
to the checked address itself, so that a name which changes its mind between the check and the connection gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from dragoman.errors import SourceError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], list[str]]
SCHEMES = ("http", "https")
NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address


class Forbidden(SourceError):
    """An address that is not connected to."""


def by_system(host: str, port: int) -> list[str]:
    """The addresses of a host as the system resolves it; 127.1, 0x7f000001 and 2130706433 are addresses too."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"{host} has no address: {error}") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether an address lies in the public internet, also one that is written inside another."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(each.is_global and not each.is_multicast for each in meant_by(parsed))


def meant_by(address: Address) -> Iterator[Address]:
    """An address and the IPv4 address that it stands for: mapped, 6to4, Teredo or NAT64."""
    if isinstance(address, ipaddress.IPv4Address):
        yield address
        return
    inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in NAT64:
        inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    held = [each for each in inner if each is not None]
    yield from held
    if address.ipv4_mapped is None and address not in NAT64:
        yield address


def joined(base: str, named: str) -> str:
    """The address that something found at ``base`` names; as it stands when it is none, and refused when it is asked for."""
    try:
        return urljoin(base, named)
    except ValueError:
        return named


def require_scheme(url: str) -> None:
    """Raise Forbidden for an address that is not http or https, or that names no host or holds a password."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise Forbidden(f"{url} is no address ({error})") from error
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise Forbidden(f"{url} is not read: only http and https addresses with a host are")
    if parts.username or parts.password:
        raise Forbidden(f"{parts.hostname}: an address with a name or password in it is not read")


class CheckedBackend(httpcore.NetworkBackend):
    """Resolves a host, checks its addresses, and connects to one that was checked."""

    def __init__(self, allow_private: bool, resolve: Resolve) -> None:
        self.allow_private = allow_private
        self.resolve = resolve
        self.inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to a host. Raises Forbidden when any of its addresses is private."""
        addresses = self.resolve(host, port)
        private = [address for address in addresses if not is_public(address)]
        if private and not self.allow_private:
            raise Forbidden(
                f"{host} is {private[0]}, an address of this machine or a private network; --allow-private reads it"
            )
        if not addresses:
            raise httpcore.ConnectError(f"{host} has no address")
        return self.inner.connect_tcp(addresses[0], port, timeout, local_address, socket_options)


class Body(httpx.SyncByteStream):
    """The body of an answer as it comes."""

    def __init__(self, stream: Iterable[bytes]) -> None:
        self.stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self.stream

    def close(self) -> None:
        """Let go of the connection."""
        close = getattr(self.stream, "close", None)
        if close:
            close()


class CheckedTransport(httpx.BaseTransport):
    """Sends requests over connections that were checked; proxies that the environment names are not used."""

    def __init__(self, allow_private: bool, resolve: Resolve = by_system) -> None:
        backend = CheckedBackend(allow_private, resolve)
        self.pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            max_connections=8,
            keepalive_expiry=20.0,
            network_backend=backend,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer to a request; its body is not yet read."""
        url = request.url
        answer = self.pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.stream if isinstance(request.stream, httpx.SyncByteStream) else None,
                extensions=request.extensions,
            )
        )
        stream = answer.stream
        assert isinstance(stream, Iterable)
        return httpx.Response(answer.status, headers=answer.headers, stream=Body(stream), extensions=answer.extensions)

    def close(self) -> None:
        """Close every connection."""
        self.pool.close()
