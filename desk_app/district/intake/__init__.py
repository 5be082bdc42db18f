"""What desks send: enrolment, exchange, the checks of a batch, the one writer, the dossiers made of it."""
