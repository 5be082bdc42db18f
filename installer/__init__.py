"""What sets the program up and tells whose work goes with it: run from the project's folder, no part of the program."""
