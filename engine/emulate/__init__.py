"""What a network computes, in NumPy: the reference that hardware is compared with."""
