"""The list of versions: what it says, how it is read, changed, merged and pruned. Pure."""
