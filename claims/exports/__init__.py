"""The whole register as files: what is written, how it is read again, where it is kept. No writes to the database.

`shape` is the format, `lines` and `parties` read the register into it, `writing` makes one export out of one consistent
snapshot, `keeping` says where exports lie and how many, `reading` opens one that somebody else may have written.
"""
