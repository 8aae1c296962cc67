"""Events and interactions on their way to the app: sent until acknowledged, by Socket Mode or by HTTP."""
