"""The scan of the document's design: what each layer's bits are worth."""

from app.design_job import DesignJob
from app.document import Document
from app.job_bridge import JobBridge
from engine.emulate.decisive import decides_numbers
from engine.scan import Scan, scan_from_json
from engine.scan.entry import ENTRY, FILE


class DesignScan(DesignJob):
    """The newest scan. It goes stale with every edit that decides numbers."""

    def __init__(self, document: Document, bridge: JobBridge) -> None:
        def key() -> object:
            return decides_numbers(document.design), document.design.data

        super().__init__(document, bridge, ENTRY, "Scan", FILE, "tried", scan_from_json, key)

    @property
    def scan(self) -> Scan | None:
        """What was found, also of an earlier design."""
        found: Scan | None = self.found
        return found
