"""Copies of sources, kept as files: each once, under the SHA-256 of its bytes, in a storage of their own.

`kinds` says what a file is by its content and makes pictures fit to be kept; `store` keeps, reads and removes;
`storage` is the backend that never leaves half a file. No database here.
"""
