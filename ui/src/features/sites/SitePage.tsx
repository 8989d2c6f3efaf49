import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";

import { RelativeTime } from "../../components/RelativeTime";
import { Title } from "../../components/Title";
import { paths } from "../../paths";
import { EditLink } from "../catalogue/EditLink";
import { ItemPage } from "../catalogue/ItemPage";
import { Outside } from "../catalogue/Outside";
import { ResultsOf } from "../catalogue/ResultsOf";
import { StatusBadge } from "../catalogue/StatusBadge";
import { FlavorsTable } from "./FlavorsTable";
import { sites } from "./queries";
import { SiteMark } from "./SiteMark";

export function Component() {
  const { id = "" } = useParams();
  return (
    <ItemPage what="site" item={useQuery(sites.one(id))}>
      {({ name, address, description, status, upload_datetime: added }) => (
        <>
          <Title>{name}</Title>
          <p className="mb-1">
            <Link to={paths.sites}>‹ Sites</Link>
          </p>
          <div className="page-head">
            <h1>
              <SiteMark site={id} /> {name}
            </h1>
            <StatusBadge status={status} />
            <EditLink to={paths.adminSite(id)} />
          </div>
          {description && <p className="prose">{description}</p>}
          <p>
            <Outside href={address} />{" "}
            <span className="text-body-secondary">
              · added <RelativeTime at={added} />
            </span>
          </p>
          <ResultsOf selection={{ site_id: id }} chartOf={name} />
          <div className="page-head mt-3">
            <h2>Flavors</h2>
            {status === "approved" && <Link to={`${paths.submitFlavor}?site_id=${id}`}>Submit a flavor</Link>}
          </div>
          <FlavorsTable site={id} />
        </>
      )}
    </ItemPage>
  );
}
