"""Simulations that the choice of statistics rests on; their tables are in docs/statistics.md."""
