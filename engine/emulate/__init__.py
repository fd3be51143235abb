"""What a network computes, in NumPy: in floating point, and in the whole numbers of its hardware."""
