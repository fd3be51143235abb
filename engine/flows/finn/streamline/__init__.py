"""Streamlining: a network in whole numbers, its scales, biases and batch norms absorbed into integer thresholds."""
