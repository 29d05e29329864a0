"""One pull request that carries layer numbers into hand-written files, and into the data file.

It starts from what is on GitHub and not from this checkout, which may be older or changed.
"""

from docs_tools.proposal.propose import Proposed, propose_numbers
from docs_tools.proposal.wanted import LayerNumbers

__all__ = ["LayerNumbers", "Proposed", "propose_numbers"]
