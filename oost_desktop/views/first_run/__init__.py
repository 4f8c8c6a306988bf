"""The first run: join a service, start one, or practise; and a laptop's wait to be let in."""
