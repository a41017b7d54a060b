"""The formats that claims are brought in from: one reader each, all of which give the same statements."""

from claims.desk_vocabulary import ImportFormat
from claims.interop.formats.averitec_file import averitec
from claims.interop.formats.dxy import dxy
from claims.interop.formats.politifact import politifact
from claims.interop.formats.schema_org import claimreview, datafeed, google
from claims.interop.formats.sources import Options, Reader, Source, UnreadableFile
from claims.interop.formats.table import table

READERS: dict[ImportFormat, Reader] = {
    ImportFormat.CLAIMREVIEW: claimreview,
    ImportFormat.DATAFEED: datafeed,
    ImportFormat.GOOGLE: google,
    ImportFormat.AVERITEC: averitec,
    ImportFormat.DXY: dxy,
    ImportFormat.POLITIFACT: politifact,
    ImportFormat.CSV: table,
}

__all__ = ["READERS", "Options", "Reader", "Source", "UnreadableFile"]
