"""Any number of workspaces that install the app by OAuth, each served by an app of its own."""
