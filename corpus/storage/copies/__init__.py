"""What a home's database knows of the generations and files that all processes share."""
