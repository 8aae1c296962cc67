"""The tables of shared generations and files in a home's database."""
