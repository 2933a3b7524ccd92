"""SOPs as data: their shape, the library that reads them, where a run of one stands, lint, and the flow chart."""
