"""Areas of the business and their experts: asked by e-mail, answering on a page without a desk."""
