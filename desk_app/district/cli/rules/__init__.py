"""The commands by which the district sets service days and holds for its communes."""
