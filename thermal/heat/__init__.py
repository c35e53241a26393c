"""The finite-element heat core: parts, terms, time integration and the energy ledger."""
