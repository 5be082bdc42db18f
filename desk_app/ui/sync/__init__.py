"""The page of sync and enrolment."""
