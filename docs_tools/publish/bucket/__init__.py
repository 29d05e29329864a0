"""A bucket of S3 as a target: the site of the branch as objects, changed in a safe order."""
