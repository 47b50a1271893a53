"""Models, loaded once at the edge, their weights checked against recorded hashes, and passed in."""
