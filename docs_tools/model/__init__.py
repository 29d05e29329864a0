"""Facts: frozen, validated values, and where each came from (file, line, column)."""
