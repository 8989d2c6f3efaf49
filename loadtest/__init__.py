"""Realistic data in bulk, and measurements of the real server on it. Run with `python -m loadtest`."""
