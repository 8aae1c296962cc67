"""The network's side: the Web API, method by method, response URLs and files."""
