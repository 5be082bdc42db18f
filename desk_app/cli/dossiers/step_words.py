"""What `step` takes beside the steps of the rules."""

CORRECT, TAKE_BACK = "correct", "take-back"
