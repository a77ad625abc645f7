"""Merkle trees as transparency logs build them (RFC 6962 §2.1, RFC 9162 §2.1): roots, and proofs of what is in them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from sayso.errors import LedgerError

EMPTY = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""


def leaf_hash(leaf: bytes) -> bytes:
    """The hash (32 bytes) of a leaf's own bytes."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash (32 bytes) of a node over the hashes of its two children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """A tree that only grows, held as the hashes of its full subtrees, the largest first.

    There are as many as `size` has bits set. Raises LedgerError when the hashes are not those of a tree of that size.
    """

    def __init__(self, size: int = 0, hashes: Sequence[bytes] = ()) -> None:
        if size < 0 or len(hashes) != size.bit_count() or any(len(one) != len(EMPTY) for one in hashes):
            raise LedgerError(
                f"the log's frontier is damaged: {len(hashes)} hashes are none of a tree of {size} leaves"
            )
        self.size = size
        self._hashes = list(hashes)

    def append(self, leaf: bytes) -> None:
        """Add the hash of the next leaf."""
        full, width = leaf, self.size
        while width & 1:
            full, width = node_hash(self._hashes.pop(), full), width >> 1
        self._hashes.append(full)
        self.size += 1

    def root(self) -> bytes:
        """The hash of the whole tree."""
        if not self._hashes:
            return EMPTY
        *larger, whole = self._hashes
        for left in reversed(larger):
            whole = node_hash(left, whole)
        return whole

    def pack(self) -> str:
        """As one line, which `unpack` reads."""
        return " ".join([str(self.size), *(one.hex() for one in self._hashes)])

    @classmethod
    def unpack(cls, packed: str) -> Frontier:
        """The frontier that `pack` packed. Raises LedgerError for anything else."""
        size, *hashes = packed.split(" ")
        try:
            return cls(int(size), [bytes.fromhex(one) for one in hashes])
        except ValueError as error:
            raise LedgerError(f"the log's frontier is damaged: {packed[:40]!r} names no tree") from error


def root(hashes: Sequence[bytes]) -> bytes:
    """The hash of the tree over these leaf hashes."""
    tree = Frontier()
    for one in hashes:
        tree.append(one)
    return tree.root()


def inclusion(hashes: Sequence[bytes], index: int) -> list[bytes]:
    """The proof that leaf `index` stands in the tree over `hashes`: its path's siblings, from the leaf up.

    Raises IndexError when the tree has no such leaf. RFC 9162 §2.1.3.1.
    """
    if not 0 <= index < len(hashes):
        raise IndexError(f"no leaf {index} in a tree of {len(hashes)}")
    path, first, end = [], 0, len(hashes)
    while end - first > 1:
        middle = first + _split(end - first)
        if index < middle:
            path.append(root(hashes[middle:end]))
            end = middle
        else:
            path.append(root(hashes[first:middle]))
            first = middle
    return path[::-1]


def consistency(hashes: Sequence[bytes], old_size: int) -> list[bytes]:
    """The proof that the tree over the first `old_size` leaves is the beginning of the tree over all.

    Nothing needs proof of the empty tree and of the whole. Raises IndexError beyond the tree. RFC 9162 §2.1.4.1.
    """
    if not 0 <= old_size <= len(hashes):
        raise IndexError(f"a tree of {len(hashes)} never had {old_size} leaves")
    if old_size in (0, len(hashes)):
        return []
    proof, first, end, known = [], 0, len(hashes), True
    while old_size != end:
        middle = first + _split(end - first)
        if old_size <= middle:
            proof.append(root(hashes[middle:end]))
            end = middle
        else:
            proof.append(root(hashes[first:middle]))
            first, known = middle, False
    return ([] if known else [root(hashes[first:end])]) + proof[::-1]


def included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether `proof` shows that the leaf of this hash stands at `index` in the tree of this size and root.

    RFC 9162 §2.1.3.2.
    """
    if not 0 <= index < size:
        return False
    hash_, at, last = leaf, index, size - 1
    for sibling in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            hash_ = node_hash(sibling, hash_)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            hash_ = node_hash(hash_, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and hash_ == root


def consistent(old_size: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether `proof` shows that the old tree is the beginning of the new one. RFC 9162 §2.1.4.2."""
    if not 0 <= old_size <= size:
        return False
    if old_size in (0, size):
        return not proof and old_root == (EMPTY if old_size == 0 else root)
    known = old_size & (old_size - 1) == 0
    path = iter([old_root, *proof] if known else proof)
    first = next(path, None)
    if first is None:
        return False
    at, last = old_size - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    return _grown(path, first, at, last) == (old_root, root)


def _grown(path: Iterator[bytes], first: bytes, at: int, last: int) -> tuple[bytes, bytes] | None:
    """The roots of the old and the new tree that a proof of consistency leads to."""
    old = new = first
    for sibling in path:
        if last == 0:
            return None
        if at & 1 or at == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        at, last = at >> 1, last >> 1
    return (old, new) if last == 0 else None


def _split(size: int) -> int:
    """The largest power of two below `size`: how many leaves the left subtree has."""
    return 1 << (size - 1).bit_length() - 1
