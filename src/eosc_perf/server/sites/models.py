from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from ..db import Base
from ..moderation.models import Moderated, status_is_known


class Site(Base, Moderated):
    """A provider of computing: a cloud or an HPC centre."""

    __tablename__ = "site"
    __table_args__ = (UniqueConstraint("name", name="uq_site_name"), status_is_known())

    name: Mapped[str]
    address: Mapped[str]
    description: Mapped[str | None]
