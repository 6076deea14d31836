"""Benchmarks of what decides: no tables, and posts that the project made up."""
