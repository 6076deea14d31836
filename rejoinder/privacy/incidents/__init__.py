"""The register of incidents: what happened, whom it touched, who was told, and by when."""
