"""Pictures as phones and programs write them: with position, camera, comments, and more behind the end."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo

SECRETS = (b"CANON 5D", b"Ann Lee", b"52.5200", b"hidden file")
FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP"}


def picture(
    media_type: str = "image/png", *, size: tuple[int, int] = (40, 30), turned: int = 1, **more: Any
) -> bytes:
    """Return a picture with all that is to be stripped."""
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    exif = Image.Exif()
    exif[0x010F] = "CANON 5D"
    exif[0x013B] = "Ann Lee"
    exif[0x0112] = turned
    exif.get_ifd(0x8825)[29] = "52.5200"
    options: dict[str, Any] = {"exif": exif, **more}
    if media_type == "image/png":
        options["pnginfo"] = PngInfo()
        options["pnginfo"].add_text("Author", "Ann Lee")
        options["pnginfo"].add_itxt("XML:com.adobe.xmp", "<x>Ann Lee</x>")
    elif media_type == "image/jpeg":
        options |= {"comment": b"Ann Lee", "quality": 90}
    else:
        options |= {"xmp": b"<x>Ann Lee</x>", "lossless": True}
    file = io.BytesIO()
    image.save(file, FORMATS[media_type], **options)
    return file.getvalue() + b"PK\x03\x04hidden file"


def moving(media_type: str) -> bytes:
    """Return a picture of two frames."""
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    file = io.BytesIO()
    frames[0].save(file, FORMATS[media_type], save_all=True, append_images=frames[1:])
    return file.getvalue()


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n0\n%%EOF\n"
