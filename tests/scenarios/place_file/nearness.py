"""What a built place may differ from what was published of it."""

from collections.abc import Mapping

NEAR = 0.01
"""A built place agrees with what was published within this."""


def far_off(built: Mapping[str, int], published: Mapping[str, int]) -> dict[str, float]:
    """What differs from what was published by more than a hundredth, and by how much."""
    gaps = {name: built[name] / total - 1.0 for name, total in published.items()}
    return {name: gap for name, gap in gaps.items() if abs(gap) > NEAR}
