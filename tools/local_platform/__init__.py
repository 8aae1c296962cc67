"""What the two local servers have alike: waiting, faults, records of requests, schemas, life cycle."""
