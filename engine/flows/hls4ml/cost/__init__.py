"""What each built layer costs after C synthesis: one family a file, formulas with their support beside them.

Sources of all constants: regressions on public synthesis reports of hls4ml designs (Vivado HLS 2018.3 to 2020.1,
Vitis HLS 2021.1) and the kernels' own C++ (hls4ml 1.3, `templates/`). Intervals are what those reports scatter by;
where nothing was measured the reason says so and the interval is wide.
"""
