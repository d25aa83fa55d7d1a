"""What an officer chose on the page of the place, kept in one small file of the case."""

from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from experiments.web.case import Section

Way = Literal["shelf", "district", "payments"]


class Upload(BaseModel):
    """A file from the browser.

    Attributes
    ----------
    stored : str
        Its name in the case, made by us.
    name : str
        What the user called it; only ever shown.
    size : int
        Bytes.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    stored: str
    name: str
    size: int


class PlaceChoice(Section):
    """How the place was chosen, and which jobs make its file.

    Attributes
    ----------
    way : str
        From the shelf, a district, or payments.
    shelf : str
        Name on the shelf.
    code, area : str
        ONS code of the district that is built; of the area of the council that paid.
    council : str
        Whose payments they are, as typed.
    payments, contracts : tuple of Upload
        Lists of payments; a register of contracts.
    postcodes, companies, coops : tuple of Upload
        Tables that tell more of suppliers, one file each.
    maps, register_maps : tuple of str
        What columns of payments and of the register are, as set by hand.
    confirmed : bool
        Whether a person has confirmed what the columns were read as.
    reading, listing, resolving, building, looking : str
        Jobs: the import, that of the register, suppliers once more, the file, what today shows.
    """

    FILE: ClassVar[str] = "place.json"

    way: Way
    shelf: str = ""
    code: str = ""
    area: str = ""
    council: str = ""
    payments: tuple[Upload, ...] = ()
    contracts: tuple[Upload, ...] = ()
    postcodes: tuple[Upload, ...] = ()
    companies: tuple[Upload, ...] = ()
    coops: tuple[Upload, ...] = ()
    maps: tuple[str, ...] = ()
    register_maps: tuple[str, ...] = ()
    confirmed: bool = False
    reading: str = ""
    listing: str = ""
    resolving: str = ""
    building: str = ""
    looking: str = ""

    @property
    def uploads(self) -> tuple[Upload, ...]:
        """All files of it."""
        return (*self.payments, *self.contracts, *self.tables)

    @property
    def tables(self) -> tuple[Upload, ...]:
        """Those that tell more of suppliers."""
        return (*self.postcodes, *self.companies, *self.coops)
