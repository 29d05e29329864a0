"""A documentation site from data, versioned with mike, and hotfixed without a release."""

__version__ = "0.1.0"

__all__ = ["__version__"]
