"""Is it good? Collections, metrics, runs."""
