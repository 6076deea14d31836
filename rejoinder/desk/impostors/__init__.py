"""Accounts that pass themselves off as ours: `likeness` decides, `seeking` looks, `actions` act."""
