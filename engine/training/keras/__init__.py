"""The design as a QKeras model: imported in workers only, with TF_USE_LEGACY_KERAS=1."""
