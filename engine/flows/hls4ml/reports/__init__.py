"""Reports of the vendors' tools, read into values: what a design really costs, and how that was found."""

from engine.flows.hls4ml.reports.catapult import read_catapult
from engine.flows.hls4ml.reports.csynth import read_csynth
from engine.flows.hls4ml.reports.errors import ReportError
from engine.flows.hls4ml.reports.find import ReportFile, project_reports, report_files
from engine.flows.hls4ml.reports.intel import read_fit, read_oneapi
from engine.flows.hls4ml.reports.intel_hls import read_intel_hls, read_intel_hls_fit
from engine.flows.hls4ml.reports.layers import LayerIndex, project_layers
from engine.flows.hls4ml.reports.libero import read_libero
from engine.flows.hls4ml.reports.report import Module, Report, report_to_json
from engine.flows.hls4ml.reports.utilisation import read_utilisation

__all__ = [
    "LayerIndex",
    "Module",
    "Report",
    "ReportError",
    "ReportFile",
    "project_layers",
    "project_reports",
    "read_catapult",
    "read_csynth",
    "read_fit",
    "read_intel_hls",
    "read_intel_hls_fit",
    "read_libero",
    "read_oneapi",
    "read_utilisation",
    "report_files",
    "report_to_json",
]
