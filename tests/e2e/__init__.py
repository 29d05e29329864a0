"""End-to-end tests: each feature deploys a stack of its own, and uses what it made."""
