"""Reports of C synthesis: totals from `<top>_csynth.xml`, modules from `<top>_csynth.rpt`; either alone will do."""

from dataclasses import replace
from pathlib import Path

from engine.flows.hls4ml.reports.csynth_text import read_csynth_text
from engine.flows.hls4ml.reports.csynth_xml import read_csynth_xml
from engine.flows.hls4ml.reports.report import Report


def read_csynth(folder: Path, top: str) -> Report:
    """What C synthesis says of a top function; `folder` is the solution's `syn/report`. Raises ReportError."""
    xml, text = folder / f"{top}_csynth.xml", folder / f"{top}_csynth.rpt"
    if not text.is_file():
        return read_csynth_xml(xml)
    if not xml.is_file():
        return read_csynth_text(text)
    detailed = read_csynth_text(text)
    return replace(read_csynth_xml(xml), tool=detailed.tool, modules=detailed.modules)
