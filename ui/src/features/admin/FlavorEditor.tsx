import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";

import { api, ok } from "../../api/client";
import { Title } from "../../components/Title";
import { paths } from "../../paths";
import { ItemPage } from "../catalogue/ItemPage";
import { flavors } from "../flavors/queries";
import { EditForm, type Member, orNull } from "./EditForm";

type Values = {
  name: string;
  description: string;
};

const MEMBERS: Member<Values>[] = [
  { member: "name", label: "Name", required: true, maxLength: 200 },
  { member: "description", label: "Description", rows: 3, maxLength: 10_000 },
];

export function Component() {
  const { id = "" } = useParams();
  const path = { params: { path: { id } } };
  return (
    <ItemPage what="flavor" item={useQuery(flavors.placed(id))}>
      {({ site, name, description }) => (
        <>
          <Title>{`Edit ${name}`}</Title>
          <p className="mb-1">
            <Link to={paths.adminSite(site.id)}>‹ {site.name}</Link>
          </p>
          <div className="page-head">
            <h2>
              {name} <span className="text-body-secondary">at {site.name}</span>
            </h2>
            <Link to={paths.flavor(id)}>Its page</Link>
          </div>
          <EditForm
            what="flavor"
            id={id}
            name={name}
            start={{ name, description: description ?? "" }}
            members={MEMBERS}
            save={({ name: newName, description: text }) => {
              const body = { name: newName, description: orNull(text) };
              return ok(api.PUT("/api/v1/flavors/{id}", { ...path, body }));
            }}
            remove={() => ok(api.DELETE("/api/v1/flavors/{id}", path))}
            removal="It is gone for good. A flavor that has results can't be deleted."
            back={paths.adminSite(site.id)}
          />
        </>
      )}
    </ItemPage>
  );
}
