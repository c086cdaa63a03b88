"""Side-by-side measurements, re-runnable: run from the repository root as ``python -m benchmarks.<module>``."""
