"""What all tests share."""

import signal

# Shells start background jobs deaf to Ctrl-C, and children inherit it; tests that send it need the default.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
