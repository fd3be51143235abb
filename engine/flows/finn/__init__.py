"""FINN as a flow: one engine for each layer, folded by PE and SIMD, thresholds for activations, streams between."""
