"""A design's arithmetic in whole numbers, bit for bit as hls4ml's generated C++ computes it."""
