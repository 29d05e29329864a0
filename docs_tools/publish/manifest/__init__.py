"""What a version was made from and with, and the hash of each of its files."""
