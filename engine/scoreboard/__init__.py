"""The four designs submitted to MLPerf Tiny by hls4ml and FINN: as templates, and what was measured of them."""
