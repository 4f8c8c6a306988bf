"""The tour: six weeks of an invented service, played through the services and checked."""
