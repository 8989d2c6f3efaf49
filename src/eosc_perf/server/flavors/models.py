from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import Base
from ..moderation.models import Moderated, status_is_known
from ..sites.models import Site


class Flavor(Base, Moderated):
    """A machine type that a site offers."""

    __tablename__ = "flavor"
    __table_args__ = (
        UniqueConstraint("site_id", "name", name="uq_flavor_site_id_name"),
        UniqueConstraint("id", "site_id", name="uq_flavor_id_site_id"),
        status_is_known(),
    )

    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id", ondelete="RESTRICT"))
    name: Mapped[str]
    description: Mapped[str | None]

    site: Mapped[Site] = relationship(lazy="raise")
