"""What is published, wherever that is, and what shall be: on a branch and in a bucket alike."""
