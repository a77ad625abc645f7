"""Source: the bytes of a web archive in order, out of gzip where they are packed; it knows where each byte stands.

A gzip file of many members reads as one run of bytes. Where a member is broken the run ends and `damage` says why;
`leap` goes on at the next member that begins like an archive's record.
"""

from __future__ import annotations

import re
import zlib
from typing import IO

from sayso.documents.limits import LARGEST

_MAGIC = b"\x1f\x8b\x08"
_READ, _PIECE, _FIRST = 1 << 16, 1 << 20, 512
_GZIPPED = 16 + zlib.MAX_WBITS
_MOST_GROWTH = 200
"""Times that one member may grow beyond 50 MB; an archive of small, like pages in one member grows 50 times."""
_MOST_TRIED = 100_000
_MOST_LEAPS = 2000
_MOST_AGAIN = 2_000_000_000
_STEPS = (1024, 32, 1)


class Source:
    """Reads `file`, which can be sought. Positions count unpacked bytes; `where` says them in bytes of the file."""

    def __init__(self, file: IO[bytes], opening: re.Pattern[bytes]) -> None:
        """`opening`: how a record begins; `leap` stops only at members that begin so."""
        self.at = 0
        self.damage: str | None = None
        """Why the bytes end where they end; None at the end of the file."""
        self.torn: int | None = None
        """The position where the gzip member begins that is damaged, so that its last bytes are not to be trusted."""
        self._file, self._opening = file, opening
        self._waiting, self._waits_at = file.read(_READ), 0  # not unpacked yet, and its place in the file
        self._is_packed = self._waiting.startswith(_MAGIC[:2])
        self._buffer, self._base = bytearray(b"" if self._is_packed else self._waiting), 0
        self._unpacker: zlib._Decompress | None = None
        self._members: list[tuple[int, int, bool]] = []  # position, place in the file, whether it opens like a record
        self._is_over = False
        self._unpacked = self._again = self._leaps = self._tried = self._broken_at = 0

    def peek(self, length: int) -> bytes:
        """The next `length` bytes, or as many as there are, which stay where they are."""
        while self._ahead() < length and self._fill():
            pass
        start = self.at - self._base
        return bytes(self._buffer[start : start + length])

    def take(self, length: int) -> bytes:
        """As `peek`, and goes past them."""
        found = self.peek(length)
        self.at += len(found)
        return found

    def skip(self, end: int) -> bool:
        """Go on to a position without holding what is passed; False when the bytes end before it."""
        while self.at < end and (self._ahead() or self._fill()):
            self.at = min(end, self._base + len(self._buffer))
        return self.at == end

    def back(self, at: int) -> bool:
        """Go back to a position; False when it was done so often that reading would never end."""
        position, place, _ = self._member(at) if self._is_packed else (at, at, False)
        is_held = at >= self._base
        self._again += self.at - (at if is_held else position)
        if self._again > _MOST_AGAIN:
            return False
        if is_held:
            self.at = at
            return True
        self._restart(place, position)
        return self.skip(at)

    def find(self, pattern: re.Pattern[bytes], longest: int) -> bool:
        """Go to the next match of `pattern`, of at most `longest` bytes; False, at the end, when there is none."""
        while True:
            self.peek(longest)
            found = pattern.search(self._buffer, self.at - self._base)
            if found:
                self.at = self._base + found.start()
                return True
            ended = self._ahead() < longest
            self.at = self._base + len(self._buffer) - (0 if ended else longest - 1)
            if ended:
                return False

    def opened(self, start: int, end: int) -> int | None:
        """The position of the first gzip member between two positions that opens like a record."""
        return next((one[0] for one in self._members if start < one[0] < end and one[2]), None)

    def where(self, at: int) -> str:
        """A position in bytes of the file, for people."""
        if not self._is_packed:
            return f"byte {at}"
        position, place, _ = self._member(at)
        return f"byte {place}" if at == position else f"byte {at - position} of what is packed at byte {place}"

    def leap(self) -> bool:
        """After damage: go on at the next gzip member that opens like a record; False when there is none.

        Also False when there were thousands before: such a file is not worth the time.
        """
        self._leaps += 1
        place = self._next_member() if self._leaps <= _MOST_LEAPS else None
        if place is not None:
            self._restart(place, self._base + len(self._buffer))
        return place is not None

    def _ahead(self) -> int:
        return self._base + len(self._buffer) - self.at

    def _member(self, at: int) -> tuple[int, int, bool]:
        return next((one for one in reversed(self._members) if one[0] <= at), (0, 0, False))

    def _restart(self, place: int, position: int) -> None:
        self._file.seek(place)
        self._waiting, self._waits_at = b"", place
        self._buffer.clear()
        self._base = self.at = position
        self._unpacker, self._is_over, self.damage, self.torn = None, False, None, None
        self._members = [one for one in self._members if one[0] < position]

    def _fill(self) -> bool:
        """Read on; False at the end, and where the file is broken."""
        done = self.at - self._base
        if done > _PIECE:
            del self._buffer[:done]
            self._base = self.at
            self._members = [self._member(self.at), *(one for one in self._members if one[0] > self.at)]
        if self._is_over:
            return False
        if self._is_packed:
            return self._unpack()
        piece = self._file.read(_PIECE)
        self._buffer += piece
        self._is_over = not piece
        return bool(piece)

    def _unpack(self) -> bool:
        if len(self._waiting) < _FIRST:
            self._waiting += self._file.read(_READ)
        begins = self._unpacker is None
        if begins and not self._open():
            return False
        if not self._waiting:
            return self._end("its gzip breaks off")
        piece, rest = self._inflated()
        self._waits_at += len(self._waiting) - len(rest)
        self._waiting = rest
        position, place, _ = self._members[-1]
        if begins:
            self._members[-1] = position, place, bool(self._opening.match(piece))
        self._buffer += piece
        self._unpacked += len(piece)
        if self._unpacked > max(LARGEST, _MOST_GROWTH * (self._waits_at - place)):
            return self._end(f"its gzip unpacks to more than {_MOST_GROWTH} times its size")
        if self._unpacker and self._unpacker.eof:
            self._unpacker = None
        return not self._is_over

    def _open(self) -> bool:
        """Begin with a new member."""
        if not self._waiting:
            self._is_over = True
            return False
        if not self._waiting.startswith(_MAGIC):
            self._broken_at = self._waits_at
            self.damage, self._is_over = f"no gzip begins at byte {self._waits_at}", True
            return False
        self._members.append((self._base + len(self._buffer), self._waits_at, False))
        self._unpacker, self._unpacked = zlib.decompressobj(_GZIPPED), 0
        self._broken_at = self._waits_at + 1
        return True

    def _inflated(self) -> tuple[bytes, bytes]:
        """The next piece of the member, and what is left of the bytes that wait."""
        assert self._unpacker
        before = self._unpacker.copy()
        try:
            piece = self._unpacker.decompress(self._waiting, _PIECE)
        except zlib.error:
            self._end("its gzip is broken")
            return _up_to_damage(before, self._waiting), b""
        return piece, self._unpacker.unused_data if self._unpacker.eof else self._unpacker.unconsumed_tail

    def _end(self, why: str) -> bool:
        """The bytes end inside a member, since the file is broken."""
        self.torn, place, _ = self._members[-1]
        self.damage, self._is_over = f"{why} (the member at byte {place})", True
        return False

    def _next_member(self) -> int | None:
        """The place of the next gzip member that opens like a record."""
        at, window = self._broken_at, b""
        self._file.seek(at)
        while piece := self._file.read(_READ):
            window += piece
            found = window.find(_MAGIC)
            while found >= 0:
                if len(window) - found < _FIRST:
                    window += self._file.read(_FIRST)
                self._tried += 1
                if self._opens(window[found : found + _FIRST]):
                    return at + found
                if self._tried > _MOST_TRIED:
                    return None
                found = window.find(_MAGIC, found + 1)
            at += len(window) - len(_MAGIC) + 1
            window = window[1 - len(_MAGIC) :]
        return None

    def _opens(self, packed: bytes) -> bool:
        try:
            return bool(self._opening.match(zlib.decompressobj(_GZIPPED).decompress(packed, _FIRST)))
        except zlib.error:
            return False


def _up_to_damage(unpacker: zlib._Decompress, packed: bytes) -> bytes:
    """What can be unpacked of bytes that are broken somewhere: in ever smaller steps towards the place."""
    found, at = bytearray(), 0
    for step in _STEPS:
        while at < len(packed):
            before = unpacker.copy()
            try:
                found += unpacker.decompress(packed[at : at + step])
            except zlib.error:
                unpacker = before
                break
            at += step
    return bytes(found)
