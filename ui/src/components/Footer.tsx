import { useQuery } from "@tanstack/react-query";
import { Container } from "react-bootstrap";
import { Link } from "react-router";

import { service } from "../features/service/queries";
import { paths } from "../paths";

export function Footer() {
  const { data } = useQuery(service.info());
  return (
    <footer className="shell-footer">
      <Container fluid="xxl">
        <span>EOSC Performance{data && ` ${data.version}`}</span>
        {data?.demo && <span>Demonstration: published figures, demo accounts</span>}
        <Link to={paths.instructions}>Instructions</Link>
        <a href={paths.apiDocs}>API</a>
        <Link to={paths.terms}>Terms of service</Link>
        <Link to={paths.privacy}>Privacy</Link>
        {data?.links.map(({ title, url }) => (
          <a key={url} href={url} rel="noreferrer">
            {title}
          </a>
        ))}
        {data?.support_email && <a href={`mailto:${data.support_email}`}>Support: {data.support_email}</a>}
      </Container>
    </footer>
  );
}
