"""Tests of what stands between a bucket and its readers."""
