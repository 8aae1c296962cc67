"""The network's side: the REST API, route by route, and the gateway's socket."""
