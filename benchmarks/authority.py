"""Authority: a time stamp authority of one's own (RFC 3161), played by `openssl ts`; for the tests and benchmarks."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

_CONFIG = """[ts]
default_tsa = it
[it]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
tsa_name = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""
_EXTENSIONS = """extendedKeyUsage=critical,timeStamping
basicConstraints=CA:FALSE
keyUsage=critical,digitalSignature
"""


def available() -> bool:
    """Whether this machine can play one."""
    return shutil.which("openssl") is not None


class Authority:
    """Lives in `folder`, an empty one; `root` is the file of its root certificate (PEM)."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self.root = folder / "ca.pem"
        for name, content in (("ts.cnf", _CONFIG), ("ext", _EXTENSIONS), ("serial", "01\n")):
            (folder / name).write_text(content)
        own = "-newkey rsa:2048 -nodes -days 3650"
        self._openssl(f"req -x509 {own} -keyout ca.key -out ca.pem -subj /CN=Roots.example")
        self._openssl(f"req {own} -keyout tsa.key -out tsa.csr -subj /CN=Stamps.example")
        made_by = "-CA ca.pem -CAkey ca.key -CAcreateserial -days 3650 -extfile ext"
        self._openssl(f"x509 -req -in tsa.csr {made_by} -out tsa.pem")

    def answer(self, request: bytes) -> bytes:
        """The answer (DER) to a request (DER)."""
        (self._folder / "query").write_bytes(request)
        self._openssl("ts -reply -config ts.cnf -section it -queryfile query -out reply")
        return (self._folder / "reply").read_bytes()

    def _openssl(self, words: str) -> None:
        subprocess.run(["openssl", *words.split()], cwd=self._folder, check=True, capture_output=True)
