"""The weekly tip on its way: when it is due, the ledger's planner, the drain of a workspace, and the engine that runs them."""
