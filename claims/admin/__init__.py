"""The desk: Django's admin with our own pages, where people work on the register by using its verbs.

Nothing is imported here, because Django reads `claims.admin.config` before it knows any model;
`claims.admin.registry` is what fills the desk.
"""
