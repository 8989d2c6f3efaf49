"""The commands of those who run the service. Each module holds one, named `command`."""
