"""One answer to many who asked: who is fit for it, looked through, sent as the plan lets it."""
