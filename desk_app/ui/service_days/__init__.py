"""The page of service days and of procedures held at reception, and the line that says what day it is."""
