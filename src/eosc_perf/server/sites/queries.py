from ..moderation.queries import getter
from .models import Site

SORTABLE = {
    "name": Site.name,
    "address": Site.address,
    "description": Site.description,
    "upload_datetime": Site.upload_datetime,
    "id": Site.id,
}
SEARCHED = (Site.name, Site.address, Site.description)

get = getter(Site, "site")
