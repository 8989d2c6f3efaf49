import { useQuery } from "@tanstack/react-query";
import { Alert } from "react-bootstrap";
import { Link, useLocation, useParams } from "react-router";

import { Problem } from "../../api/problem";
import type { Field, Result } from "../../api/types";
import { Clamped } from "../../components/Clamped";
import { Failure } from "../../components/ErrorNotice";
import { RelativeTime } from "../../components/RelativeTime";
import { Title } from "../../components/Title";
import { paths } from "../../paths";
import { benchmarks } from "../benchmarks/queries";
import { registryPage } from "../benchmarks/registry";
import { NotShown } from "../catalogue/ItemPage";
import { Missing } from "../catalogue/Missing";
import { ClaimsOfResult } from "../claims/ClaimsOfResult";
import { users } from "../users/queries";
import { FieldList } from "./FieldList";
import { RawJson } from "./RawJson";
import { axesOf, plotTitle } from "./plot";
import { PICTURE_LIMIT, results } from "./queries";
import { ResultActions } from "./ResultActions";
import type { CameFrom } from "./ResultLink";
import { ResultPlot } from "./ResultPlot";
import { defaults, type View, viewParams } from "./view";

export function Component() {
  const { id = "" } = useParams();
  const { pathname = paths.results, search = "" } = (useLocation().state ?? {}) as CameFrom;
  const asked = useQuery(results.one(id));
  const { data: result, error } = asked;
  const { data: session } = useQuery(users.session());
  const fields = useQuery({ ...benchmarks.fields(result?.benchmark.id ?? ""), enabled: result !== undefined });

  if (error instanceof Problem && (error.status === 404 || error.status === 422)) return <Missing what="result" />;
  if (!result) return error ? <NotShown what="result" of={asked} /> : <Waiting />;
  return (
    <article>
      <Failure of={asked} />
      <Title>{`${result.flavor.name} at ${result.site.name}`}</Title>
      <p className="mb-1">
        <Link to={pathname + search}>‹ {pathname === paths.compare ? "Compare" : "Results"}</Link>
      </p>
      <h1>
        {result.flavor.name} <span className="text-body-secondary">at {result.site.name}</span>
      </h1>
      <ResultActions result={result} />
      {result.claims_open ? (
        <Alert variant="warning">
          Someone objected to this result. Until an admin decides, it is left out of rankings.
        </Alert>
      ) : null}
      <div className="result-grid">
        <Facts result={result} />
        <section className="panel">
          <h2>Figures</h2>
          <Failure of={fields} />
          {!fields.isLoadingError && <Figures fields={fields.data?.items} json={result.json} />}
        </section>
      </div>
      {!result.withdrawn && <Among result={result} fields={fields.data?.items} />}
      {(result.mine || session?.is_admin) && <ClaimsOfResult resultId={result.id} />}
      <RawJson id={result.id} written={result.written} />
    </article>
  );
}

function Figures({ fields, json }: { fields: Field[] | undefined; json: unknown }) {
  if (!fields) return <Lines />;
  if (fields.length === 0) return <p>This benchmark declares no fields; the JSON below holds what it measured.</p>;
  return <FieldList fields={fields} json={json} />;
}

/** Where the result stands among those of its benchmark. */
function Among({ result, fields }: { result: Result; fields: Field[] | undefined }) {
  const { id: benchmark_id } = result.benchmark;
  if (fields && !axesOf(defaults, fields, [])) return null;
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>Among the results of this benchmark{fields && `: ${plotTitle(defaults, fields)}`}</h2>
        <Link to={among({ benchmark_id })}>Explore them</Link>
      </div>
      {fields ? (
        <ResultPlot selection={{ benchmark_id }} fields={fields} settings={defaults} limit={PICTURE_LIMIT} marked={result} />
      ) : (
        <div className="chart" aria-busy="true" />
      )}
    </section>
  );
}

const among = (choice: Partial<View>) => `${paths.results}?${viewParams(choice)}`;

function Facts({ result: { id, site, flavor, benchmark, tags, ...result } }: { result: Result }) {
  return (
    <section className="panel">
      <h2>What, where, when</h2>
      <dl className="facts">
        <dt>Benchmark</dt>
        <dd>
          <Link to={paths.benchmark(benchmark.id)}>{benchmark.name}</Link>
          <div className="small">
            <a href={registryPage(benchmark.docker_image)} rel="noreferrer">
              Its image in the registry
            </a>
          </div>
        </dd>
        <dt>Site</dt>
        <dd>
          <Link to={paths.site(site.id)}>{site.name}</Link>
        </dd>
        <dt>Flavor</dt>
        <dd>
          <Link to={paths.flavor(flavor.id)}>{flavor.name}</Link>
          <div className="small text-body-secondary">
            <Clamped text={flavor.description} />
          </div>
        </dd>
        <dt>Executed</dt>
        <dd>
          <RelativeTime at={result.execution_datetime} exactToo />
        </dd>
        <dt>Uploaded</dt>
        <dd>
          <RelativeTime at={result.upload_datetime} exactToo />
        </dd>
        <dt>Compare</dt>
        <dd>
          <Link to={among({ benchmark_id: benchmark.id })}>with all of the benchmark</Link>,{" "}
          <Link to={among({ benchmark_id: benchmark.id, site_id: site.id })}>with those of the site</Link>
        </dd>
        <dt>Tags</dt>
        <dd>{tags.length === 0 ? "none" : tags.map((tag) => <span key={tag.id} className="chip me-1">{tag.name}</span>)}</dd>
        <dt>Id</dt>
        <dd>
          <code>{id}</code>
        </dd>
      </dl>
    </section>
  );
}

const LINES = ["w-25", "w-75", "w-50", "w-75", "w-25", "w-75", "w-50", "w-25", "w-75"];

const Lines = () =>
  LINES.map((width, place) => (
    // oxlint-disable-next-line react/no-array-index-key -- lines without content have no other name
    <p key={place} className="placeholder-glow" aria-hidden="true">
      <span className={`placeholder ${width}`} />
    </p>
  ));

const Waiting = () => (
  <div aria-busy="true">
    <p className="visually-hidden">Loading the result</p>
    <Lines />
  </div>
);
