"""Tables of records in the order of their keys, whole and grouped."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, KeysView, Mapping, ValuesView
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, overload

if TYPE_CHECKING:

    class Orderable(Protocol):
        """A key: hashable, and smaller or greater than another of its type."""

        def __lt__(self, other: Any, /) -> bool: ...
        def __hash__(self) -> int: ...


Key = TypeVar("Key", bound="Orderable")
Group = TypeVar("Group", bound="Orderable")
Record = TypeVar("Record")
Other = TypeVar("Other")


class Table(Mapping[Key, Record]):
    """A mapping that runs through its keys in rising order.

    Ids rise with every record made, so this is the order of making, and a record that was dropped and comes back by
    undo finds its old place. To readers it is a Mapping; `put` and `drop` belong to the project.
    """

    __slots__ = ("_highest", "_in_order", "_rows")

    def __init__(self) -> None:
        self._rows: dict[Key, Record] = {}
        self._highest: Key | None = None
        self._in_order = True

    def put(self, key: Key, record: Record) -> None:
        """Add a record, or replace the one that has the key."""
        if key not in self._rows:
            if self._highest is None or self._highest < key:
                self._highest = key
            else:
                # Sorted when next read in order: a thousand puts of one undo cost one sort.
                self._in_order = False
        self._rows[key] = record

    def drop(self, key: Key) -> Record:
        """Remove and return a record; KeyError if there is none."""
        record = self._rows.pop(key)
        if not self._rows:
            self._highest, self._in_order = None, True
        return record

    def keys(self) -> KeysView[Key]:
        """The keys, rising."""
        return self._ordered().keys()

    def values(self) -> ValuesView[Record]:
        """The records by rising key."""
        return self._ordered().values()

    def items(self) -> ItemsView[Key, Record]:
        """Keys and records by rising key."""
        return self._ordered().items()

    def _ordered(self) -> dict[Key, Record]:
        if not self._in_order:
            rows = sorted(self._rows.items(), key=lambda row: row[0])
            self._rows.clear()
            self._rows.update(rows)
            self._in_order = True
        return self._rows

    # Mapping's own looks up and catches the error, which is most of the time of accepting an hour's frames.
    @overload
    def get(self, key: Key, /) -> Record | None: ...
    @overload
    def get(self, key: Key, /, default: Record | Other) -> Record | Other: ...
    def get(self, key: Key, /, default: Any = None) -> Any:
        """The record of a key; `default` where there is none."""
        return self._rows.get(key, default)

    def __getitem__(self, key: Key) -> Record:
        return self._rows[key]

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    def __iter__(self) -> Iterator[Key]:
        return iter(self._ordered())

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        return f"Table({self._ordered()!r})"


class Index(Mapping[Group, Table[Key, Record]]):
    """Records by group, in the order of groups and of keys; a group without a record is not there."""

    __slots__ = ("_groups",)

    def __init__(self) -> None:
        self._groups: Table[Group, Table[Key, Record]] = Table()

    def put(self, group: Group, key: Key, record: Record) -> None:
        """Add a record to a group, or replace the one that has the key there."""
        table = self._groups.get(group)
        if table is None:
            table = Table()
            self._groups.put(group, table)
        table.put(key, record)

    def drop(self, group: Group, key: Key) -> None:
        """Remove a record from a group; KeyError if there is none."""
        table = self._groups[group]
        table.drop(key)
        if not table:
            self._groups.drop(group)

    def of(self, group: Group) -> list[Record]:
        """The records of a group by rising key; none for an unknown group."""
        table = self._groups.get(group)
        return [] if table is None else list(table.values())

    def __getitem__(self, group: Group) -> Table[Key, Record]:
        return self._groups[group]

    def __contains__(self, group: object) -> bool:
        return group in self._groups

    def __iter__(self) -> Iterator[Group]:
        return iter(self._groups)

    def __len__(self) -> int:
        return len(self._groups)
