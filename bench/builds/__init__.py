"""Builds measured side by side: ours beside MkDocs, mike and Zensical, on sites of several sizes.

`make bench` runs the sizes that take minutes and writes the performance page of the user guide;
`python -m bench.builds --help` tells how to run one size or one measurement.
"""
