"""One file a peer: `python -m benchmarks.peers.NAME --size 20 [--steps 5]` prints a line of JSON."""
