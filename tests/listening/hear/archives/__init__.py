"""Tests of archives that platforms give out."""
