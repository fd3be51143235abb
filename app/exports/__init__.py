"""What leaves the studio as a file: table, report, pictures, configuration and script.

`EXPORTS` lists them as data, so that a menu can be made of it; `write_export` writes one.
"""

from app.exports.registry import EXPORTS, Export, find_export, suggested_name, write_export
from app.exports.subject import Picture, Subject

__all__ = ["EXPORTS", "Export", "Picture", "Subject", "find_export", "suggested_name", "write_export"]
