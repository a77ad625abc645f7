"""The Merkle tree against RFC 6962's definition, written out here a second time as plainly as it stands there."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sayso.errors import LedgerError
from sayso.ledger.evidence import merkle

LEAVES = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
"""The leaves that implementations of RFC 6962 are tested with, in hexadecimal."""
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
"""The published root over the first 0, 1, … 8 of them."""
MOST = 200


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def naive(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962 §2.1, word by word."""
    if not leaves:
        return sha(b"")
    if len(leaves) == 1:
        return sha(b"\x00" + leaves[0])
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha(b"\x01" + naive(leaves[:k]) + naive(leaves[k:]))


def leaves(size: int) -> list[bytes]:
    return [f"leaf {place}".encode() for place in range(size)]


def hashes(size: int) -> list[bytes]:
    return [merkle.leaf_hash(leaf) for leaf in leaves(size)]


@pytest.mark.parametrize("size", range(9))
def test_the_published_roots(size: int) -> None:
    known = [bytes.fromhex(leaf) for leaf in LEAVES[:size]]
    assert merkle.root([merkle.leaf_hash(leaf) for leaf in known]).hex() == naive(known).hex() == ROOTS[size]


def test_every_size_has_the_root_of_the_definition() -> None:
    tree = merkle.Frontier()
    for size in range(MOST + 1):
        assert (tree.size, tree.root()) == (size, naive(leaves(size)))
        assert merkle.Frontier.unpack(tree.pack()).root() == tree.root()
        tree.append(merkle.leaf_hash(f"leaf {size}".encode()))


@given(st.integers(1, MOST).flatmap(lambda size: st.tuples(st.just(size), st.integers(0, size - 1))), st.data())
@example((1, 0), None)
@example((8, 7), None)
def test_a_proof_of_inclusion_holds_and_no_other_does(where: tuple[int, int], data: st.DataObject | None) -> None:
    size, index = where
    all_, root = hashes(size), naive(leaves(size))
    proof = merkle.inclusion(all_, index)
    assert merkle.included(all_[index], index, size, proof, root)
    assert not merkle.included(merkle.leaf_hash(b"another"), index, size, proof, root)
    assert not merkle.included(all_[index], index, size, [*proof, root], root)
    assert not merkle.included(all_[index], index, size, proof, merkle.EMPTY)
    assert not merkle.included(all_[index], size, size, proof, root)
    if proof and data:
        place = data.draw(st.integers(0, len(proof) - 1))
        assert not merkle.included(all_[index], index, size, proof[:place] + proof[place + 1 :], root)
        assert not merkle.included(all_[index], index, size, [*proof[:place], root, *proof[place + 1 :]], root)
        other = data.draw(st.integers(0, size - 1).filter(lambda one: one != index))
        assert not merkle.included(all_[index], other, size, proof, root)


@pytest.mark.parametrize("size", range(0, MOST + 1, 1))
def test_a_proof_of_consistency_holds_for_every_older_size(size: int) -> None:
    all_, root = hashes(size), merkle.root(hashes(size))
    for old in range(0, size + 1, 1 if size < 40 else 7):
        old_root, proof = merkle.root(all_[:old]), merkle.consistency(all_, old)
        assert merkle.consistent(old, old_root, size, root, proof)
        assert not merkle.consistent(old, merkle.leaf_hash(b"x"), size, root, proof)
        assert not merkle.consistent(old, old_root, size, root, [*proof, root])
        if 0 < old < size:
            assert not merkle.consistent(old, old_root, size, merkle.EMPTY, proof)
            assert not merkle.consistent(old, old_root, size, root, proof[:-1])


@given(st.integers(2, MOST), st.data())
def test_a_tree_with_another_beginning_is_not_consistent(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size - 1))
    changed = data.draw(st.integers(0, old - 1))
    all_ = hashes(size)
    rewritten = [*all_[:changed], merkle.leaf_hash(b"rewritten"), *all_[changed + 1 :]]
    proof = merkle.consistency(rewritten, old)
    assert not merkle.consistent(old, merkle.root(all_[:old]), size, merkle.root(rewritten), proof)


@pytest.mark.parametrize("packed", ["", "x", "1", "2 00", "0 " + "00" * 32, "-1", "1 zz", "1  " + "00" * 32])
def test_a_damaged_frontier_is_refused(packed: str) -> None:
    with pytest.raises(LedgerError, match="frontier is damaged"):
        merkle.Frontier.unpack(packed)


def test_there_is_no_proof_beyond_the_tree() -> None:
    with pytest.raises(IndexError):
        merkle.inclusion(hashes(3), 3)
    with pytest.raises(IndexError):
        merkle.consistency(hashes(3), 4)
