"""What each view shows, worked out from the design and its estimate: pure functions without Qt."""
