"""Gives every worker of a cluster the order, those that join later or stand up again included."""

from typing import Any

from distributed import WorkerPlugin

from experiments.runner.block_run import Order
from experiments.runner.desk import leave_here, take_order


class OrderPlugin(WorkerPlugin):
    """An order on its way to workers; Dask hands it to each as it starts.

    Parameters
    ----------
    name : str
        Of the order.
    order : Order
    """

    def __init__(self, name: str, order: Order) -> None:
        self.name = name
        self.order = order

    def setup(self, worker: Any) -> None:
        """Lay the order on the desk of a worker's process."""
        take_order(self.name, self.order)

    def teardown(self, worker: Any) -> None:
        """Save what a worker has finished before it leaves."""
        leave_here(self.name)
