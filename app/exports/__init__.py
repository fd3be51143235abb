"""What leaves the studio as a file: table, report, pictures, configuration and script.

`EXPORTS` lists them as data, so that a menu can be made of it; `write_export` writes one.
"""

from app.exports.export import Export, suggested_name, write_export
from app.exports.pictures import Picture
from app.exports.registry import EXPORTS, find_export
from app.exports.subject import Drawing, Subject
from app.exports.views import network_picture, widget_picture

__all__ = [
    "EXPORTS",
    "Drawing",
    "Export",
    "Picture",
    "Subject",
    "find_export",
    "network_picture",
    "suggested_name",
    "widget_picture",
    "write_export",
]
