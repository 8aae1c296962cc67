"""What the tests themselves are told by the environment.

It is taken out of there at once: Newsdesk refuses settings that it does not know.
"""

import os

WRITE_SESSION = os.environ.pop("NEWSDESK_WRITE_SESSION", "") == "1"
"""Write docs/discord-session.txt anew, and do not hold the session to it."""
WRITE_GOLDEN = os.environ.pop("NEWSDESK_WRITE_GOLDEN", "") == "1"
"""Write the files in golden/ anew, and do not hold the renderings to them."""
HOSTILE = int(os.environ.pop("NEWSDESK_HOSTILE", "100"))
"""Hostile inputs that are made up for each property."""
POSTING_KILLS = int(os.environ.pop("NEWSDESK_POSTING_KILLS", "4"))
"""How often a process is killed while it posts for standing questions."""
