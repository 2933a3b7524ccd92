"""Self-assessment reports (รายงานการประเมินตนเอง) of each round, with their evidence, and their submission."""
