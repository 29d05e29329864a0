"""The docs branch: git's objects and refs, and a change of it that lands whole or not at all."""
