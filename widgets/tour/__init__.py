"""What a tour shows over a window: a card of words, and an outline around what they are about."""

from widgets.tour.card import TourCard
from widgets.tour.outline import Outline

__all__ = ["Outline", "TourCard"]
