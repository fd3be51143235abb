"""Fetching a file: in pieces, with its digest, so that a broken one is never taken for a whole one."""

import hashlib
import http.client
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

_PIECE = 1 << 18
_PATIENCE_S = 30
_SMALL = 1 << 20
_MOST_BYTES = 1 << 33
_SCHEMES = ("https", "http")
_UNREACHED = (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError, OSError)

Told = Callable[[int, int], None]
"""Is told the bytes there are, and those there will be (0: unknown)."""


class FetchError(Exception):
    """A file that could not be fetched: why, and what to do."""


def download(url: str, target: Path, digest: str, told: Told) -> None:
    """Fetch a file unless it is there as a whole. `digest` is `md5:...` or `sha256:...`. Raises FetchError, and OSError
    where it cannot be written.
    """
    if target.is_file() and _digest_of(target, digest) == digest:
        return
    partial = target.with_name(f"{target.name}.part")
    kind = digest.partition(":")[0]
    seen, count = hashlib.new(kind), 0
    try:
        with partial.open("wb") as file:
            for piece, total in _pieces(url, target):
                file.write(piece)
                seen.update(piece)
                count += len(piece)
                if count > _MOST_BYTES:
                    raise FetchError(f"What comes from {_host(url)} is larger than any known set. Try later.")
                told(count, total)
        if f"{kind}:{seen.hexdigest()}" != digest:
            raise FetchError(
                f"What came from {_host(url)} is not the file that is known (its digest differs). Try again."
            )
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def _pieces(url: str, target: Path) -> Iterator[tuple[bytes, int]]:
    """What comes, and how many bytes there will be, 0 where that is not said. Raises FetchError."""
    try:
        with _opened(url) as answer:
            total = int(answer.headers.get("Content-Length") or 0)
            while piece := answer.read(_PIECE):
                yield piece, total
    except _UNREACHED as error:
        raise FetchError(_unreached(url, error, target)) from error


def read_small(url: str) -> bytes:
    """A short answer. Raises FetchError."""
    try:
        with _opened(url) as answer:
            found: bytes = answer.read(_SMALL)
    except _UNREACHED as error:
        raise FetchError(_unreached(url, error)) from error
    return found


def _opened(url: str) -> http.client.HTTPResponse:
    """The answer; nothing but the web's two ways is taken, which an address from outside may not change."""
    if urllib.parse.urlsplit(url).scheme not in _SCHEMES:
        raise FetchError(f"{url} is no address on the web.")
    answer: http.client.HTTPResponse = urllib.request.urlopen(url, timeout=_PATIENCE_S)
    return answer


def _digest_of(path: Path, digest: str) -> str:
    kind = digest.partition(":")[0]
    with path.open("rb") as file:
        return f"{kind}:{hashlib.file_digest(file, kind).hexdigest()}"


def _unreached(url: str, error: BaseException, target: Path | None = None) -> str:
    elsewhere = f" Or fetch {url} on another computer and put it here as {target}." if target else ""
    if isinstance(error, urllib.error.HTTPError):
        return f"{_host(url)} answered {error.code}, {error.reason}. The set may have moved: try later.{elsewhere}"
    why = getattr(error, "reason", None) or error
    return f"{_host(url)} could not be reached ({why}). Connect this computer to the internet and try again.{elsewhere}"


def _host(url: str) -> str:
    return urllib.parse.urlsplit(url).hostname or url
