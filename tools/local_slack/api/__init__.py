"""The network interface: the methods of the Web API, response URLs and files."""
