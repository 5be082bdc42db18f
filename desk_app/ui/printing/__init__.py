"""Papers on the screen and on printers."""
