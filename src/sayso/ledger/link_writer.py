"""Link writer: what linking found, and what people judged of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from sayso.ledger import judgements, linked, rest
from sayso.ledger.batch import Batch
from sayso.ledger.digests import digest
from sayso.linking.judgements.nouns import Judgement, Ruling
from sayso.linking.nouns import Links


class LinkWriter(Batch):
    """Every call is one transaction."""

    def put_links(
        self,
        links: Links,
        speakers: Mapping[tuple[str, int], str] | None = None,
        revision: int | None = None,
        made_by: str = "",
    ) -> bool:
        """Replace all that an earlier link run found. `speakers`: (article id, attribution's index) -> canonical name.

        `revision` is the `View.revision` that the links were found in; the present one when not given. False, and
        nothing is done, when links that the same maker found in a later one are there by now.
        """
        with self.batch():
            state = dict(self._connection.execute("SELECT key, value FROM state"))
            if revision is not None and state["linked"] > revision and state["linked_by"] == made_by:
                return False
            linked.replace(self._connection, links)
            rest.empty(self._connection, "speakers")
            rows = [(self._current(id_)[0], index, name) for (id_, index), name in (speakers or {}).items()]
            self._connection.executemany("INSERT INTO speakers VALUES (?, ?, ?)", rows)
            found_in = state["revision"] if revision is None else revision
            self._connection.execute("UPDATE state SET value = ? WHERE key = 'linked'", (found_in,))
            self._connection.execute("UPDATE state SET value = ? WHERE key = 'linked_by'", (made_by,))
            self._log_links("links", "members", "speakers", "judged", "judged_members", "retold")
            return True

    def keep(self, kind: str, found: Mapping[str, bytes]) -> None:
        """Keep what linking found, by a digest of all that it depends on."""
        with self.batch():
            rows = [(kind, digest, one) for digest, one in found.items()]
            self._connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)

    def forget(self, used: Mapping[str, Iterable[str]]) -> None:
        """Let go of what was kept under the kinds named, but for what is `used`: kind -> digests."""
        with self.batch():
            sql = "DELETE FROM kept WHERE kind = ? AND digest NOT IN (SELECT value FROM json_each(?))"
            self._connection.executemany(sql, [(kind, json.dumps(list(digests))) for kind, digests in used.items()])

    def put_judgements(self, found: Iterable[Judgement]) -> list[str]:
        """Keep what people said of links; the ids of judgements that were new, or are withdrawn by this."""
        with self.batch():
            changed = judgements.put(self._connection, found)
            self._log_judgements(changed)
            return changed

    def _log_judgements(self, ids: Iterable[str]) -> None:
        for id_, written in judgements.written(self._connection, ids):
            self._log.append({"kind": "judgement", "id": id_, "digest": digest(written.encode())})

    def put_shown(self, links: Links, articles: Iterable[str], rulings: Iterable[Ruling], stamp: str) -> None:
        """Show `links` in the place of the machine's links of `articles`, which are kept beside them.

        `stamp` is the `View.stamp` of the links and judgements that they were made from.
        """
        with self.batch():
            linked.show(self._connection, links, articles)
            judgements.put_rulings(self._connection, rulings, stamp)
            self._log_links("judged", "judged_members", "retold", "rulings")
