"""A design as the whole-number arithmetic that hls4ml would build, without hls4ml and without a compiler."""
