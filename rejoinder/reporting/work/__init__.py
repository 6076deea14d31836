"""How the desk's work went: load, handovers, crises, answers, allowance, and what came of it."""
