"""The screen «Cài đặt»: one card for each subject, and what it asks of the program."""
