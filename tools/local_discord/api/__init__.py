"""The network interface: the routes of the REST API, and the gateway's socket."""
