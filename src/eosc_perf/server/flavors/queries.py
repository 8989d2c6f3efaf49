from sqlalchemy.orm import joinedload

from ..moderation.queries import getter
from .models import Flavor

SORTABLE = {
    "name": Flavor.name,
    "description": Flavor.description,
    "upload_datetime": Flavor.upload_datetime,
    "id": Flavor.id,
}
SEARCHED = (Flavor.name, Flavor.description)

get = getter(Flavor, "flavor", joinedload(Flavor.site))
