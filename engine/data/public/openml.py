"""What OpenML says of one of its sets: where the file is, and its digest."""

import json

from engine.data.public.download import FetchError, read_small

_API = "https://www.openml.org/api/v1/json/data/{}"


def listed_by_openml(number: int) -> tuple[str, str]:
    """Address and digest of a set's file. Raises FetchError."""
    try:
        found = json.loads(read_small(_API.format(number)))["data_set_description"]
        return str(found["url"]), f"md5:{found['md5_checksum']}"
    except (ValueError, KeyError, TypeError) as error:
        raise FetchError(f"OpenML's answer about its set {number} is not understood ({error}). Try later.") from error
