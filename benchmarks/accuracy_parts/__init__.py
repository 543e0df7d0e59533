"""What `benchmarks/accuracy.py` runs: one module a question."""
