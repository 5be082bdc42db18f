"""What outside hands have signed of the journal, and what it proves: receipts, seals of day reports, signatures."""
