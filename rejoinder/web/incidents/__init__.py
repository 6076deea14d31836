"""The register of incidents as people see it: its clocks, whom to tell, its report."""
