"""From the log to rows: read, made fit, folded, threaded, understood, kept."""
