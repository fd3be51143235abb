"""Mapping Verilog to a family's cells with Yosys: real counts, without a vendor's tool."""

from engine.flows.rtl.synthesis.batch import Failure, Module, synthesise_all
from engine.flows.rtl.synthesis.cache import ResultCache, user_cache
from engine.flows.rtl.synthesis.cells import Cells
from engine.flows.rtl.synthesis.source import Source
from engine.flows.rtl.synthesis.synthesise import synthesise
from engine.flows.rtl.synthesis.technology import Technology, technology_of

__all__ = [
    "Cells",
    "Failure",
    "Module",
    "ResultCache",
    "Source",
    "Technology",
    "synthesise",
    "synthesise_all",
    "technology_of",
    "user_cache",
]
