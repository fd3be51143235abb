"""Networks and settings from the folder of a project that hls4ml wrote."""
