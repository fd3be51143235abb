"""Public data sets that are fetched once and then stand on this computer as NumPy files."""

from engine.data.public.places import data_folder, place_of
from engine.data.public.sets import PUBLIC, PublicSet

__all__ = ["PUBLIC", "PublicSet", "data_folder", "place_of"]
