"""An object store that speaks S3, started for the tests."""
