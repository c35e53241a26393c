"""Studies: sweeps over a base case, comparison of candidates, and how sure the answers are.

A study file (:mod:`.spec`) becomes a plan (:mod:`.plan`): a frozen base and one table of members. An engine
(:mod:`.engines`) spreads the members over workers; each worker appends whole records to its own file
(:mod:`.store`). Everything else only reads those files: :mod:`.status`, :mod:`.collect`, :mod:`.sensitivity`.
"""
