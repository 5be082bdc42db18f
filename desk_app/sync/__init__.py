"""The network of the desk: the protocol CX1, rounds with the district, sticks, enrolment."""
