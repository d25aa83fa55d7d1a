"""Which spellings are one supplier: the sure are merged, the doubtful stay apart and are told.

Numbers of companies and charities come first, then equal cleaned names, then likeness. Companies
with different numbers are never one. Nothing depends on the order of the rows.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from scenarios.sources.supplier_alike import Alike, alike_pairs
from scenarios.sources.supplier_clean import Clean

MOST_SHARING = 3
"""Names under one of the council's own supplier numbers; with more it is an account for sundry
payees and says nothing. Grade: judgement."""

HIDDEN = "masked "
"""How a key begins that is of a person whose name was taken out: marks parted by + follow."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way in which a supplier is named.

    Attributes
    ----------
    name : str
        As the payments show it.
    clean : Clean
        What is compared.
    company, charity : str or None
        Numbers that stood beside it.
    ids : frozenset of str
        The council's own numbers for it.
    mergeable : bool
        False for persons and for payees that are not named.
    marks : tuple of str
        Of a person whom a review list has marked: what is left of the name (`supplier_persons`).
    """

    name: str
    clean: Clean
    company: str | None
    charity: str | None
    ids: frozenset[str] = frozenset()
    mergeable: bool = True
    marks: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """By which a review list may speak of it, the surest first."""
        if self.marks:
            return (HIDDEN + "+".join(self.marks),)
        numbers = (("company", self.company), ("charity", self.charity))
        return (*(f"{what} {number}" for what, number in numbers if number), self.clean.key)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two spellings that may be one supplier.

    Attributes
    ----------
    one, other : int
        Which.
    reason : str
        Why they may be, and how alike they are.
    merged : bool
        Whether that was enough to merge them.
    """

    one: int
    other: int
    reason: str
    merged: bool


@dataclass(frozen=True, slots=True)
class Merged:
    """Groups of spellings.

    Attributes
    ----------
    group : list of int
        Of each spelling; numbered in the order of their first spelling.
    because : list of list of str
        Of each group: what made it one; empty where it has one spelling.
    doubts : list of Doubt
        In a fixed order.
    """

    group: list[int]
    because: list[list[str]]
    doubts: list[Doubt]


class Speakers:
    """Which spellings a key of the review list speaks of.

    A number speaks of all that have it. A name speaks of those without a number, where there are
    any; else of all, if they are one company. A mark speaks of whom the name spoke of.

    Parameters
    ----------
    spellings : sequence of Spelling
    marker : callable or None
        Makes the mark of a key; without it marks speak of nobody but those who bear them.
    """

    def __init__(
        self, spellings: Sequence[Spelling], marker: Callable[[str], str] | None = None
    ) -> None:
        self._by: dict[str, list[int]] = defaultdict(list)
        numbers: dict[str, set[str | None]] = defaultdict(set)
        for k, one in enumerate(spellings):
            if one.mergeable:
                for key in one.keys[:-1]:
                    self._by[key].append(k)
                for key in {one.clean.key, f"name {one.clean.core}"}:
                    numbers[key].add(one.company or one.charity)
                    self._by[key].append(k)
        for key, found in numbers.items():
            if None in found:
                held = [
                    k for k in self._by[key] if not (spellings[k].company or spellings[k].charity)
                ]
                self._by[key] = held
            elif len(found) > 1:
                self._by[key] = []
        self._marked: dict[str, set[int]] = defaultdict(set)
        for k, one in enumerate(spellings):
            for mark in one.marks:
                self._marked[mark].add(k)
        if marker is not None:
            for key, spoken in self._by.items():
                self._marked[marker(key)].update(spoken)

    def of(self, key: str) -> Sequence[int]:
        """Spellings of a key; of a form of law that is not there any more, those of the name."""
        if key.startswith(HIDDEN):
            marks = key.removeprefix(HIDDEN).split("+")
            return sorted(set().union(*(self._marked.get(mark, ()) for mark in marks)))
        bare = key.rsplit(" (", 1)[0] if key.startswith("name ") else key
        return self._by.get(key) or self._by.get(bare) or ()


class _Groups:
    """Sets that grow together, but for those that may not."""

    def __init__(self, spellings: Sequence[Spelling], apart: Sequence[tuple[str, str]]) -> None:
        self.head = list(range(len(spellings)))
        self.companies = [{one.company} if one.company else set() for one in spellings]
        self.charities = [{one.charity} if one.charity else set() for one in spellings]
        self.sides: list[set[tuple[int, int]]] = [set() for _ in spellings]
        self.because: list[set[str]] = [set() for _ in spellings]
        known = Speakers(spellings if apart else ())
        for at, pair in enumerate(apart):
            for side, key in enumerate(pair):
                for k in known.of(key):
                    self.sides[k].add((at, side))

    def find(self, k: int) -> int:
        while self.head[k] != k:
            self.head[k] = self.head[self.head[k]]
            k = self.head[k]
        return k

    def may(self, one: int, other: int) -> bool:
        """Say whether two groups could be one supplier."""
        a, b = self.find(one), self.find(other)
        if any((k, 1 - side) in self.sides[b] for k, side in self.sides[a]):
            return False
        return _fit(self.companies[a], self.companies[b]) and _fit(
            self.charities[a], self.charities[b]
        )

    def join(self, one: int, other: int, why: str, *, told: bool = False) -> bool:
        """Make two groups one, if they may be; a person who said so decides alone."""
        a, b = sorted((self.find(one), self.find(other)))
        if a == b or not (told or self.may(a, b)):
            return a == b
        self.head[b] = a
        self.companies[a] |= self.companies[b]
        self.charities[a] |= self.charities[b]
        self.sides[a] |= self.sides[b]
        self.because[a] |= self.because[b]
        self.because[a].add(why)
        return True


def _fit(one: Collection[str], other: Collection[str]) -> bool:
    return not one or not other or set(one) <= set(other) or set(other) <= set(one)


def merge(
    spellings: Sequence[Spelling],
    together: Sequence[tuple[str, str]] = (),
    apart: Sequence[tuple[str, str]] = (),
) -> Merged:
    """Find out which spellings are one supplier.

    Parameters
    ----------
    spellings : sequence of Spelling
        Sorted, so that the answer is the same for every order of rows.
    together, apart : sequence of (str, str)
        Pairs of keys that a person has said to be one supplier, or two.

    Returns
    -------
    Merged
    """
    groups = _Groups(spellings, apart)
    mine = [k for k, one in enumerate(spellings) if one.mergeable]
    known = Speakers(spellings if together else ())
    for one, other in together:
        for a in known.of(one):
            for b in known.of(other):
                groups.join(a, b, "the review list", told=True)
    numbered: dict[str, list[int]] = defaultdict(list)
    for k in mine:
        for key in spellings[k].keys[:-1]:
            numbered[key].append(k)
    for key in sorted(numbered):
        _chain(groups, numbered[key], f"one {key.split()[0]} number")
    doubts = _same_names(groups, spellings, mine)
    doubts += _alike(groups, spellings, mine)
    doubts += _trading(groups, spellings, mine)
    return _numbered(groups, doubts, len(spellings))


def _chain(groups: _Groups, members: Sequence[int], why: str) -> None:
    for other in members[1:]:
        groups.join(members[0], other, why)


def squeezed(core: str) -> str:
    """Write a cleaned name without blanks and without "and"; figures stay parted."""
    out = ""
    for word in core.split():
        if word != "and":
            out += f" {word}" if out[-1:].isdigit() and word[:1].isdigit() else word
    return out or core


def _same_names(groups: _Groups, spellings: Sequence[Spelling], mine: Sequence[int]) -> list[Doubt]:
    """Merge equal names of one form of law, and those without a form where one form alone is."""
    same: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for k in mine:
        clean = spellings[k].clean
        same[squeezed(clean.core)][clean.form].append(k)
    doubts = []
    for name in sorted(same):
        forms = same[name]
        for form in sorted(forms):
            doubts += _one_form(groups, forms[form])
        said = [forms[form][0] for form in sorted(forms) if form]
        if "" in forms and said:
            bare = forms[""][0]
            if len(said) == 1 and len({groups.find(k) for k in forms[_form(forms)]}) == 1:
                for k in forms[""]:
                    groups.join(said[0], k, "one name")
            else:
                doubts += _doubt(groups, bare, said, "one name, and several companies have it")
        for one, other in pairwise(said):
            doubts += _doubt(groups, one, [other], "one name under two forms of law")
    return doubts


def _form(forms: Mapping[str, object]) -> str:
    return next(form for form in sorted(forms) if form)


def _one_form(groups: _Groups, members: Sequence[int]) -> list[Doubt]:
    numbered = [k for k in members if groups.companies[groups.find(k)]]
    heads = {groups.find(k) for k in numbered}
    if len(heads) <= 1:
        _chain(groups, [*numbered, *(k for k in members if k not in numbered)], "one name")
        return []
    bare = [k for k in members if k not in numbered]
    _chain(groups, bare, "one name")
    firsts = [next(k for k in numbered if groups.find(k) == head) for head in sorted(heads)]
    return (
        _doubt(groups, bare[0], firsts, "one name, and several companies have it") if bare else []
    )


def _doubt(groups: _Groups, one: int, others: Iterable[int], why: str) -> list[Doubt]:
    return [
        Doubt(one, other, why, merged=False)
        for other in others
        if groups.find(one) != groups.find(other) and groups.may(one, other)
    ]


def _alike(groups: _Groups, spellings: Sequence[Spelling], mine: Sequence[int]) -> list[Doubt]:
    """Merge names that are spelt alike beyond doubt, and tell of those that may be meant alike."""
    first: dict[tuple[str, str], int] = {}
    users: dict[str, set[str]] = defaultdict(set)
    for k in mine:
        first.setdefault((spellings[k].clean.core, spellings[k].clean.form), k)
        for number in spellings[k].ids:
            users[number].add(squeezed(spellings[k].clean.core))
    ids: dict[tuple[str, str], set[str]] = defaultdict(set)
    for k in mine:
        clean = spellings[k].clean
        ids[clean.core, clean.form] |= {
            number for number in spellings[k].ids if len(users[number]) <= MOST_SHARING
        }
    by_core: dict[str, list[str]] = defaultdict(list)
    for core, form in sorted(first):
        by_core[core].append(form)
    pairs: list[tuple[Alike, int, int, bool]] = []
    for pair in alike_pairs(sorted(by_core)):
        for form in by_core[pair.one]:
            for other_form in by_core[pair.other]:
                same = not form or not other_form or form == other_form
                shared = bool(ids[pair.one, form] & ids[pair.other, other_form])
                a, b = first[pair.one, form], first[pair.other, other_form]
                pairs.append((pair, a, b, same and (pair.sure or shared)))
    doubts = []
    for pair, a, b, sure in sorted(
        pairs, key=lambda p: (-p[0].score, p[0].one, p[0].other, p[1:3])
    ):
        if groups.find(a) == groups.find(b) or not groups.may(a, b):
            continue
        why = f"{pair.reason} ({pair.score:.0f} of 100 alike)"
        if sure:
            groups.join(
                a, b, why if pair.sure else f"{why}, and one supplier number of the council"
            )
        doubts.append(Doubt(a, b, why, merged=sure))
    return doubts


def _trading(groups: _Groups, spellings: Sequence[Spelling], mine: Sequence[int]) -> list[Doubt]:
    """Tell of names under which another supplier trades."""
    named: dict[str, int] = {}
    for k in mine:
        named.setdefault(squeezed(spellings[k].clean.core), k)
    doubts = []
    for k in mine:
        other = named.get(squeezed(spellings[k].clean.trade)) if spellings[k].clean.trade else None
        if other is not None:
            doubts += _doubt(groups, other, [k], "one trades under the name of the other")
    return doubts


def _numbered(groups: _Groups, doubts: Iterable[Doubt], many: int) -> Merged:
    heads = [groups.find(k) for k in range(many)]
    number = {head: k for k, head in enumerate(dict.fromkeys(heads))}
    because = [sorted(groups.because[head]) for head in number]
    kept: dict[tuple[int, int], Doubt] = {}
    for one in doubts:
        a, b = sorted((heads[one.one], heads[one.other]))
        if one.merged:
            kept[one.one, one.other] = one
        elif a != b and groups.may(a, b):
            kept.setdefault((-1 - a, -1 - b), one)
    return Merged([number[head] for head in heads], because, list(kept.values()))
