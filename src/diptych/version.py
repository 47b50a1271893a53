"""The version of the package, where every layer can name it."""

__version__ = "0.1.0"
