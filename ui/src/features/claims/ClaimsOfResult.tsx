import { useQuery } from "@tanstack/react-query";

import { Failure } from "../../components/ErrorNotice";
import { RelativeTime } from "../../components/RelativeTime";
import { ClaimStatus } from "./ClaimStatus";
import { claims } from "./queries";

/** What others said against a result, for its uploader and admins. */
export function ClaimsOfResult({ resultId }: { resultId: string }) {
  const asked = useQuery(claims.of(resultId));
  const { data } = asked;
  if (asked.isLoadingError) return <Failure of={asked} />;
  if (!data || data.items.length === 0) return null;
  return (
    <section className="panel">
      <h2>Reports about this result</h2>
      <ul className="claims">
        {data.items.map((claim) => (
          <li key={claim.id}>
            <p className="claim-message">{claim.message}</p>
            <p className="small text-body-secondary mb-0">
              <RelativeTime at={claim.upload_datetime} /> · <ClaimStatus status={claim.status} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
