"""Measurements, for those who choose between ways of doing something."""
