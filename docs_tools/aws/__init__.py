"""The user's AWS session, and what AWS's errors mean to people."""
