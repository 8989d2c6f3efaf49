import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";

import { api, ok } from "../../api/client";
import { Title } from "../../components/Title";
import { paths } from "../../paths";
import { ItemPage } from "../catalogue/ItemPage";
import { EditForm, type Member, orNull } from "./EditForm";
import { admin } from "./queries";

type Values = {
  name: string;
  description: string;
};

const MEMBERS: Member<Values>[] = [
  { member: "name", label: "Name", required: true, maxLength: 100 },
  { member: "description", label: "Description", rows: 2, maxLength: 2000 },
];

export function Component() {
  const { id = "" } = useParams();
  const path = { params: { path: { id } } };
  return (
    <ItemPage what="tag" item={useQuery(admin.tag(id))}>
      {({ name, description }) => (
        <>
          <Title>{`Edit ${name}`}</Title>
          <p className="mb-1">
            <Link to={paths.adminTags}>‹ Tags</Link>
          </p>
          <h2 className="mb-2">{name}</h2>
          <EditForm
            what="tag"
            id={id}
            name={name}
            start={{ name, description: description ?? "" }}
            members={MEMBERS}
            save={({ name: newName, description: text }) => {
              const body = { name: newName, description: orNull(text) };
              return ok(api.PUT("/api/v1/tags/{id}", { ...path, body }));
            }}
            remove={() => ok(api.DELETE("/api/v1/tags/{id}", path))}
            removal="It is taken off every result that carries it. The results stay."
            back={paths.adminTags}
          />
        </>
      )}
    </ItemPage>
  );
}
