"""Small controls that every view of the studio shares; each works alone and follows the theme."""

from widgets.controls.caption_combo import CaptionCombo
from widgets.controls.chip import Chip
from widgets.controls.dense_table import LEFT, RIGHT, DenseModel, DenseTable, Index
from widgets.controls.elided_label import ElidedLabel
from widgets.controls.empty_state import EmptyState
from widgets.controls.icon_label import IconLabel
from widgets.controls.key_hint import KeyHint
from widgets.controls.layouts import clear
from widgets.controls.names_table import NamesTable
from widgets.controls.notice import Notice
from widgets.controls.number_field import IntField, RealField
from widgets.controls.painting import (
    draw_focus_ring,
    draw_hatch,
    draw_mark,
    draw_over_limit,
    draw_resource_mark,
    draw_shadow,
    draw_tier_dots,
    tier_dots_width,
)
from widgets.controls.panel_header import PanelHeader
from widgets.controls.progress_ring import ProgressRing
from widgets.controls.search_field import SearchField
from widgets.controls.section import Section, SectionHeader
from widgets.controls.segment import SegmentButton
from widgets.controls.segmented import Segment, SegmentedControl
from widgets.controls.text_table import TextTable
from widgets.controls.tier_chip import TierChip
from widgets.controls.toast import Toast, ToastHost

__all__ = [
    "LEFT",
    "RIGHT",
    "CaptionCombo",
    "Chip",
    "DenseModel",
    "DenseTable",
    "ElidedLabel",
    "EmptyState",
    "IconLabel",
    "Index",
    "IntField",
    "KeyHint",
    "NamesTable",
    "Notice",
    "PanelHeader",
    "ProgressRing",
    "RealField",
    "SearchField",
    "Section",
    "SectionHeader",
    "Segment",
    "SegmentButton",
    "SegmentedControl",
    "TextTable",
    "TierChip",
    "Toast",
    "ToastHost",
    "clear",
    "draw_focus_ring",
    "draw_hatch",
    "draw_mark",
    "draw_over_limit",
    "draw_resource_mark",
    "draw_shadow",
    "draw_tier_dots",
    "tier_dots_width",
]
