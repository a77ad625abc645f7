"""The multilingual encoder and what is built on it."""

import os

# ONNX Runtime's wheels report to its makers, and keep a mark of the machine, unless they are told not to before they
# start.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
