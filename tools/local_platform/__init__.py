"""The common parts of the two local servers: waiting, faults, recorded requests, schemas, life cycle."""
