from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from ..db import Base, Identified
from ..users.models import Uploaded


class Tag(Base, Identified, Uploaded):
    """A free label on results."""

    __tablename__ = "tag"
    __table_args__ = (UniqueConstraint("name", name="uq_tag_name"),)

    name: Mapped[str]
    description: Mapped[str | None]
