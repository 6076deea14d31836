"""The report after a crisis: what happened, gathered (`gather`) and set (`html`, `pdf`)."""
