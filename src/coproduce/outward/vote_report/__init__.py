"""What people agree on, out of a folder of files: a summary, JSON for programs, one page that opens anywhere.

Needs no data folder, no project and no database.
"""
