"""What people can do, one function per action. Refuses Qt and SQL."""
