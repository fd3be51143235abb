"""Parts that an installer leaves out for their size and that can be added later: packages of Python in one file."""

from engine.addons.adding import add, clear, remove
from engine.addons.addon import LICENCES, Addon, AddonError, added_folder, catalogue, root

__all__ = ["LICENCES", "Addon", "AddonError", "add", "added_folder", "catalogue", "clear", "remove", "root"]
