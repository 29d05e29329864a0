"""What Mermaid refuses."""

__all__ = ["MermaidError"]


class MermaidError(ValueError):
    """Mermaid can't read or draw a diagram; the message is its own."""
