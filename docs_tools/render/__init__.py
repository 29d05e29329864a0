"""Facts -> Markdown or Mermaid text; pure functions."""
