"""What inputs cost a firm per pound of sales: as built, less what sharing spares, more when dear.

Each reason is kept by itself, so that the end of one leaves the others as they are.
"""

from dataclasses import dataclass, field

from simulation.economy.columns import Firms, Float64


@dataclass(slots=True)
class InputTerms:
    """The terms that stand now.

    Attributes
    ----------
    usual : float64[n_firms] or None
        Inputs per pound of sales as built; None until a term first stands.
    rise : float
        Share by which all inputs cost more than usual.
    spared : dict of int to float
        Share of its inputs that a trading row is spared.
    """

    usual: Float64 | None = None
    rise: float = 0.0
    spared: dict[int, float] = field(default_factory=dict)

    def grow_dear(self, firms: Firms, rise: float) -> Float64:
        """Let all inputs cost more than usual by a share; 0 brings the usual cost back.

        Returns
        -------
        float64[n_firms]
            Inputs per pound of sales without the rise.
        """
        share = self._as_built(firms).copy()
        for row, part in self.spared.items():
            share[row] *= 1.0 - part
        self.rise = rise
        firms.intermediate_share = share * (1.0 + rise)
        return share

    def spare(self, firms: Firms, row: int, part: float) -> None:
        """Spare a trading row a share of its inputs; at 0 it is spared nothing."""
        usual = float(self._as_built(firms)[row])
        self.spared.pop(row, None)
        if part != 0.0:
            self.spared[row] = part
        firms.intermediate_share[row] = usual * (1.0 - part) * (1.0 + self.rise)

    def unspared(self, firms: Firms, row: int) -> float:
        """Return what inputs per pound of sales would be if a row were spared nothing."""
        return float(self._as_built(firms)[row]) * (1.0 + self.rise)

    def _as_built(self, firms: Firms) -> Float64:
        if self.usual is None:
            self.usual = firms.intermediate_share.copy()
        return self.usual
