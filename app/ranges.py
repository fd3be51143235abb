"""The ranges of the document's numbers."""

from app.design_job import DesignJob
from app.document import Document
from app.job_bridge import JobBridge
from engine.ranges import Ranges
from engine.ranges.entry import ENTRY, FILE
from engine.ranges.spread import ranges_from_json

NOTHING = Ranges()


class MeasuredRanges(DesignJob):
    """The newest measurement. Types take no part in it: only other weights or other data make it stale."""

    def __init__(self, document: Document, bridge: JobBridge) -> None:
        def key() -> object:
            return document.design.network, document.design.data

        super().__init__(document, bridge, ENTRY, "Ranges of", FILE, "samples", ranges_from_json, key)

    @property
    def ranges(self) -> Ranges:
        """What is known of the network and the data as they are now."""
        found: Ranges = NOTHING if self.stale else self.found
        return found
