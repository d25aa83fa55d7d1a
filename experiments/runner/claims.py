"""Who has taken a batch: a small file each while it is in hand, which names the writer.

A cluster may hand out again by itself what a dead worker had. The file stays behind then, so that
nobody lives those runs unasked, and it is known whose log tells which of them was in hand.
"""

import contextlib
import os
from pathlib import Path

from experiments.store.aside import make_folder, refusal
from experiments.store.writer import writer_name

CLAIMS = "claims"


def claim(folder: Path, name: str) -> bool:
    """Take a batch for this process; False where it was taken before.

    Raises
    ------
    FolderError
        Where the folder refuses the file.
    """
    path = folder / CLAIMS / name
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        try:
            os.write(handle, writer_name().encode())
        finally:
            os.close(handle)
    except FileExistsError:
        return False
    except OSError as fault:
        raise refusal(fault, path, 0) from fault
    return True


class Claims:
    """The claims of one shard, as the session that hands out its batches sees them.

    Parameters
    ----------
    folder : Path
        Of the sweep.
    shard, shards : int
        Counted from 0.
    """

    def __init__(self, folder: Path, shard: int, shards: int) -> None:
        self._folder = folder / CLAIMS
        self._shard = f"{shard + 1}-of-{shards}-"
        self._alone = shards == 1
        self._serial = 0
        make_folder(self._folder)

    def new_name(self) -> str:
        """Return a name that no batch has had."""
        self._serial += 1
        return f"{self._shard}{writer_name()}-{self._serial:08d}"

    def writer_of(self, name: str) -> str:
        """Return who took a batch; empty where nobody did, or died in the act."""
        try:
            return (self._folder / name).read_text()
        except OSError:
            return ""

    def forget(self, name: str) -> None:
        """Forget a batch."""
        (self._folder / name).unlink(missing_ok=True)

    def forget_all(self) -> None:
        """Forget all of this session, and what earlier ones of the shard left behind."""
        with contextlib.suppress(OSError):
            for path in self._folder.glob(f"{self._shard}*"):
                path.unlink(missing_ok=True)
            if self._alone:
                self._folder.rmdir()
