import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";

import { api, ok } from "../../api/client";
import type { Flavor } from "../../api/types";
import { Title } from "../../components/Title";
import { paths } from "../../paths";
import { ItemPage } from "../catalogue/ItemPage";
import { FlavorsTable } from "../sites/FlavorsTable";
import { sites } from "../sites/queries";
import { EditForm, type Member, orNull } from "./EditForm";

type Values = {
  name: string;
  address: string;
  description: string;
};

const MEMBERS: Member<Values>[] = [
  { member: "name", label: "Name", required: true, maxLength: 200 },
  { member: "address", label: "Address", required: true, maxLength: 500, help: "Its web page or its endpoint." },
  { member: "description", label: "Description", rows: 3, maxLength: 10_000 },
];

export function Component() {
  const { id = "" } = useParams();
  const path = { params: { path: { id } } };
  return (
    <ItemPage what="site" item={useQuery(sites.one(id))}>
      {({ name, address, description }) => (
        <>
          <Title>{`Edit ${name}`}</Title>
          <p className="mb-1">
            <Link to={paths.adminSites}>‹ Sites</Link>
          </p>
          <div className="page-head">
            <h2>{name}</h2>
            <Link to={paths.site(id)}>Its page</Link>
          </div>
          <EditForm
            what="site"
            id={id}
            name={name}
            start={{ name, address, description: description ?? "" }}
            members={MEMBERS}
            save={(values) =>
              ok(
                api.PUT("/api/v1/sites/{id}", {
                  ...path,
                  body: { ...values, description: orNull(values.description) },
                }),
              )
            }
            remove={() => ok(api.DELETE("/api/v1/sites/{id}", path))}
            removal="It is gone for good. A site that has flavors or results can't be deleted."
            back={paths.adminSites}
          />
          <h3 className="mb-2">Flavors</h3>
          <FlavorsTable site={id} columns={["Flavor", "Description"]} Cells={FlavorCells} />
        </>
      )}
    </ItemPage>
  );
}

const FlavorCells = ({ item: { id, name, description } }: { item: Flavor }) => (
  <>
    <td>
      <Link to={paths.adminFlavor(id)}>{name}</Link>
    </td>
    <td className="wrap">{description}</td>
  </>
);
