"""The common performance problem: this project's heat core beside other ways to solve it."""
