"""diptych lays two accounts of one diplomatic contact side by side."""

__version__ = "0.1.0"
