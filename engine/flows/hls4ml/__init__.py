"""The hls4ml flow: what its converter would build, what that costs, and the jobs that run it."""
