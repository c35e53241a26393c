"""Studies: sweeps over a base case, comparison of candidates, and how sure the answers are.

A study file (:mod:`.design`) becomes a plan: a frozen base and one table of members. An engine
(:mod:`.engines`) spreads the members over workers, each of which evaluates them (:mod:`.evaluation`) and
appends whole records to its own file (:mod:`.execution`). Everything else only reads those files:
:mod:`.answers`, :mod:`.comparison`.
"""
