"""Where a home keeps its generations and uploads: in its own folder, or shared with other processes."""
