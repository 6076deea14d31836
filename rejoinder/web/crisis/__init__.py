"""The crisis room: its page, its charts, its brakes, its report."""
