import { useQuery } from "@tanstack/react-query";

import { service } from "../service/queries";

/** Whom to write to, as the operator says. */
export function Contact() {
  const { data } = useQuery(service.info());
  if (!data?.support_email) return "the operator of this service (who has named no address yet)";
  return <a href={`mailto:${data.support_email}`}>{data.support_email}</a>;
}
