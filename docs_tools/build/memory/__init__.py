"""What was built, remembered by all that it depended on; it knows no engine."""
