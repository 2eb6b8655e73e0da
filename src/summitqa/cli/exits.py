"""Exit codes: what a script learns of how a command ended."""

EXIT_ERROR = 1
EXIT_BREACH = 1
"""Of an evaluation: a gate is broken, or answers got significantly worse."""

EXIT_USAGE = 2
EXIT_DATA = 2
"""Of an evaluation: data or options cannot be used; 1 is kept for answers that got worse."""

EXIT_NO_ANSWER = 3
EXIT_INTERRUPTED = 130
