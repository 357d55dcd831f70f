"""What an index costs as it grows: time, memory, disk, recall."""
