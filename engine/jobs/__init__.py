"""Background jobs: long work in processes of its own, started, watched, cancelled and remembered.

Reading order: `spec` (what to run), `state` and `view` (how it goes), `runner` (the queue), `session` (one
worker seen from outside), `worker`, `guard` and `serve` (the worker seen from inside), `reporter` (what a job
function is given). Nothing is imported here, so that a worker can claim its channels before anything else.
"""
