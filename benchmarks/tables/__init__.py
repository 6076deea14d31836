"""Benchmarks on tables: each runs on SQLite and on PostgreSQL, with empty ones."""
