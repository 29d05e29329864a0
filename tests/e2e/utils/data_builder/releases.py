"""Which releases the tests publish."""

OLDER, RELEASE = "0.9.0", "1.0.0"
