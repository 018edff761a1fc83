"""Floor 4: who touches which map when: events, locksets, threads, summaries, conflicts."""
