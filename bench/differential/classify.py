"""Names the cause of a difference, and which side is right about it."""
from dataclasses import dataclass


@dataclass(frozen=True)
class Cause:
    name: str
    right: str
    known: bool = True


def cause(tree, comparison):
    """The first known cause that explains a difference, or else only by which kinds of actions it shows."""
    return Cause(" ".join(sorted(comparison.kinds()))[:100], "not judged yet", False)
