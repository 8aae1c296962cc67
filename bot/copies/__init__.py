"""The files of a home: generations and what people handed over, its own or shared with other processes."""
