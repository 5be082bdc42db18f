"""Messages to citizens that desks queued: found, handed to a gateway once, answered for in the district's log."""
