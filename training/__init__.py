"""Training of the relation model from the repository's own data: ``python -m training.train``."""
