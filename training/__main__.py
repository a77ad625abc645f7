"""Train, export and fit the tagger: python -m training OUT [FOLDER]; `make model` runs it.

OUT keeps checkpoints and the log, so that a run that was stopped goes on; FOLDER (default: where the tagger ships from)
gets reader.onnx, roles.onnx and tagger.json. Needs torch (training/requirements.txt) and the data of ../shared.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from sayso.models.tagger import FOLDER
from training.export import export
from training.fit import fit
from training.train import PLAN, device, train


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    parser.add_argument("--plan", type=Path, default=PLAN)
    parser.add_argument("--device", default=device(), help="cpu, or cuda where there is one")
    given = parser.parse_args()
    export(train(given.out, given.plan, given.device), given.folder)
    fit(given.folder)


if __name__ == "__main__":
    main()
