"""Areas and experts: kept by leads, asked by advisors, answering on a page without a desk."""
