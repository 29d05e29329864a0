"""MkDocs adapters: each unpacks its configuration and calls one function."""
