"""What Zenodo says of a file of one of its records: where it is, and its digest."""

import json

from engine.data.public.download import FetchError, read_small

_API = "https://zenodo.org/api/records/{}"


def listed_by_zenodo(record: int, file: str) -> tuple[str, str]:
    """Address and digest. Raises FetchError."""
    try:
        files = {each["key"]: each for each in json.loads(read_small(_API.format(record)))["files"]}
        return f"https://zenodo.org/records/{record}/files/{file}", str(files[file]["checksum"])
    except (ValueError, KeyError, TypeError) as error:
        raise FetchError(
            f"Zenodo's answer about its record {record} is not understood ({error}). Try later."
        ) from error
