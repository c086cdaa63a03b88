"""How the shipped weights were made, re-runnable: run from the repository root as ``python -m training.<module>``."""
