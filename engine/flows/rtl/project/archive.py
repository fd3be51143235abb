"""A project as one file."""

import io
import re
import zipfile

from engine.design import Design
from engine.flows.hls4ml.exact.lower import Lowering
from engine.flows.rtl.build import build
from engine.flows.rtl.drafted import TOP
from engine.flows.rtl.frames import made_up
from engine.flows.rtl.project.files import project_files
from engine.network import MissingTensorError, TensorStore

_FRAMES = 20
_DATE = (1980, 1, 1, 0, 0, 0)
"""The same design gives the same file."""


def project_archive(design: Design, tensors: TensorStore) -> bytes:
    """The project of a design as a ZIP archive with one folder. Raises ValueErrors that name the layer."""
    try:
        specification = Lowering(tensors).lower(design)
    except MissingTensorError as error:
        raise ValueError(str(error.args[0])) from error
    hardware = build(specification, TOP)
    files = project_files(design.name, hardware, design.target, made_up(specification, _FRAMES))
    folder = re.sub(r"[^\w.-]+", "_", design.name).strip("._") or "design"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path, text in files.items():
            member = zipfile.ZipInfo(f"{folder}/{path}", _DATE)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, text)
    return buffer.getvalue()
