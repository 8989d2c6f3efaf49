import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";

import { RelativeTime } from "../../components/RelativeTime";
import { Title } from "../../components/Title";
import { paths } from "../../paths";
import { EditLink } from "../catalogue/EditLink";
import { ItemPage } from "../catalogue/ItemPage";
import { ResultsOf } from "../catalogue/ResultsOf";
import { StatusBadge } from "../catalogue/StatusBadge";
import { SiteMark } from "../sites/SiteMark";
import { flavors } from "./queries";

export function Component() {
  const { id = "" } = useParams();
  return (
    <ItemPage what="flavor" item={useQuery(flavors.placed(id))}>
      {({ site, name, description, status, upload_datetime: added }) => (
        <>
          <Title>{`${name} at ${site.name}`}</Title>
          <p className="mb-1">
            <Link to={paths.site(site.id)}>‹ {site.name}</Link>
          </p>
          <div className="page-head">
            <h1>
              {name} <span className="text-body-secondary">at {site.name}</span>
            </h1>
            <StatusBadge status={status} />
            {status === "approved" && <Link to={`${paths.submitResult}?flavor_id=${id}`}>Submit a result</Link>}
            <EditLink to={paths.adminFlavor(id)} />
          </div>
          {description && <p className="prose">{description}</p>}
          <p>
            <SiteMark site={site.id} /> A machine type of <Link to={paths.site(site.id)}>{site.name}</Link>
            <span className="text-body-secondary">
              {" "}
              · added <RelativeTime at={added} />
            </span>
          </p>
          <ResultsOf
            selection={{ site_id: site.id, flavor_id: id }}
            charted={{ site_id: site.id }}
            chartOf={`All flavors of ${site.name}`}
          />
        </>
      )}
    </ItemPage>
  );
}
