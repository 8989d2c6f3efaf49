import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import { Failure } from "../../components/ErrorNotice";
import { RelativeTime } from "../../components/RelativeTime";
import { paths } from "../../paths";
import { benchmarks } from "../benchmarks/queries";
import { Waiting } from "../catalogue/ItemPage";
import { FieldList } from "../results/FieldList";
import { RawJson } from "../results/RawJson";
import { results } from "../results/queries";
import { admin } from "./queries";
import { type Detail, Gone } from "./QueueItem";

export function WaitingClaim({ id }: Detail) {
  const claim = useQuery(admin.claim(id));
  const about = claim.data?.resource_id ?? "";
  const result = useQuery({ ...results.one(about), enabled: about !== "" });
  const benchmark = result.data?.benchmark;
  const fields = useQuery({ ...benchmarks.fields(benchmark?.id ?? ""), enabled: benchmark !== undefined });
  const all = useQuery({ ...admin.claimsOf(about), enabled: about !== "" });
  if (claim.error) return <Gone error={claim.error} onRetry={() => void claim.refetch()} />;
  if (result.error) return <Gone error={result.error} onRetry={() => void result.refetch()} />;
  if (!claim.data || !result.data) return <Waiting what="claim" />;
  const { site, flavor, execution_datetime: executed, upload_datetime: uploaded, json } = result.data;
  const others = (all.data?.items ?? []).filter((each) => each.id !== id);
  return (
    <>
      <blockquote className="claim-message">{claim.data.message}</blockquote>
      <div className="result-grid">
        <section className="panel">
          <h3>
            <Link to={paths.result(about)}>The result</Link>
          </h3>
          <dl className="facts">
            <dt>Benchmark</dt>
            <dd>
              <Link to={paths.benchmark(result.data.benchmark.id)}>{result.data.benchmark.name}</Link>
            </dd>
            <dt>Site</dt>
            <dd>
              <Link to={paths.site(site.id)}>{site.name}</Link>
            </dd>
            <dt>Flavor</dt>
            <dd>
              <Link to={paths.flavor(flavor.id)}>{flavor.name}</Link>
            </dd>
            <dt>Executed</dt>
            <dd>
              <RelativeTime at={executed} exactToo />
            </dd>
            <dt>Uploaded</dt>
            <dd>
              <RelativeTime at={uploaded} exactToo />
            </dd>
            <dt>Other claims</dt>
            <dd>
              <Failure of={all} />
              {others.length === 0
                ? all.data && "none"
                : others.map((each) => (
                    <div key={each.id}>
                      “{each.message}” <span className="text-body-secondary">({OUTCOMES[each.status]})</span>
                    </div>
                  ))}
            </dd>
          </dl>
        </section>
        <section className="panel">
          <h3 className="visually-hidden">Figures</h3>
          <Failure of={fields} />
          {fields.data && <FieldList fields={fields.data.items} json={json} />}
        </section>
      </div>
      <RawJson id={about} written={result.data.written} />
    </>
  );
}

const OUTCOMES = { on_review: "waits", approved: "upheld", rejected: "dismissed" };
