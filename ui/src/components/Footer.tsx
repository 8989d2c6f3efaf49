import { useQuery } from "@tanstack/react-query";
import { Container } from "react-bootstrap";

import { service } from "../features/service/queries";
import { paths } from "../paths";

export function Footer() {
  const { data } = useQuery(service.info());
  return (
    <footer className="shell-footer">
      <Container fluid="xxl">
        <span>EOSC Performance{data && ` ${data.version}`}</span>
        {data?.demo && <span>Demonstration: published figures, demo accounts</span>}
        <a href={paths.apiDocs}>API documentation</a>
        {data?.support_email && <a href={`mailto:${data.support_email}`}>{data.support_email}</a>}
      </Container>
    </footer>
  );
}
