"""GitHub, as far as a stand-in of it goes."""
