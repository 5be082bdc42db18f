"""Who this desk is to its district: enrolment, keys, certificates."""
