import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import { paths } from "../../paths";
import { benchmarks } from "../benchmarks/queries";
import { viewParams } from "../results/view";
import { CodeBlock } from "./CodeBlock";
import { Contact } from "./Contact";
import * as examples from "./examples";
import { ROLES } from "./roles";
import { TextPage } from "./TextPage";

export function Component() {
  const known = useQuery(benchmarks.first());
  const first = known.data?.items[0];
  const image = first?.name ?? "thechristophe/openbench-c-ray:latest";
  const api = `${window.location.origin}/api/v1`;
  return (
    <TextPage
      title="Instructions"
      lead={
        <p>
          Comparing needs no account. To add something, <em>log in</em> with your institution’s account and register;
          it takes a minute.
        </p>
      }
      sections={[
        {
          id: "compare",
          title: "Compare",
          text: (
            <>
              <ol>
                <li>
                  Open the <Link to={paths.results}>results</Link> and choose a benchmark that resembles your work. What
                  it measures becomes columns, with units.
                </li>
                <li>
                  Press a column’s header to sort by it; the first press puts the best first. Narrow with “+ Filter”,
                  for example to 8 cores.
                </li>
                <li>Look at the chart: each site has its own colour and symbol, on every page.</li>
                <li>Copy the page’s address: it holds everything you chose. A colleague who opens it sees the same.</li>
              </ol>
              <p>
                A result marked <em>disputed</em> was objected to by someone; until an admin decides, rankings leave it
                out.
              </p>
            </>
          ),
        },
        {
          id: "run",
          title: "Run a benchmark",
          text: (
            <>
              <p>
                A benchmark is a container image that prints JSON. Run it on the machine you want to measure, with
                nothing else running there, and keep what it prints:
              </p>
              <CodeBlock>{examples.run(image)}</CodeBlock>
              <p>
                Where there is no Docker, <code>apptainer run docker://{image}</code> or <code>podman run</code> do the
                same. Run it several times: a benchmark that keeps its repeats shows how steady a machine is.
              </p>
            </>
          ),
        },
        {
          id: "submit",
          title: "Submit a result",
          text: (
            <>
              <p>
                <Link to={paths.submitResult}>Submit a result</Link> on the page: drop the file, choose benchmark, site,
                flavor, and when it ran. It is checked against the benchmark’s schema while you fill the form. Results
                need no review; they are listed at once.
              </p>
              <p>
                Or from a script. <code>dry_run</code> checks everything and stores nothing; leave it out to submit.{" "}
                <code>TOKEN</code> is explained <a href="#api">below</a>.
              </p>
              <CodeBlock>{examples.submit(api)}</CodeBlock>
              <p>
                Site or flavor not there? <Link to={paths.submitSite}>Add them</Link>; an admin looks at it first. You can
                withdraw your results, and report one of others that looks wrong on its page.
              </p>
            </>
          ),
        },
        {
          id: "benchmark",
          title: "Add a benchmark",
          text: (
            <>
              <p>
                Build an image whose default command prints one JSON document, push it to a registry that anyone can pull
                from, with a tag that stays, and <Link to={paths.submitBenchmark}>submit it</Link> with the JSON Schema
                of what it prints. In the schema, <code>&quot;suggestToUser&quot;: true</code> makes a value a field
                that people compare; <code>x-perf</code> says more about it:
              </p>
              <CodeBlock>{examples.SCHEMA}</CodeBlock>
              <dl className="facts text-facts">
                {ROLES.map(([key, meaning]) => (
                  <div key={key}>
                    <dt>
                      <code>{key}</code>
                    </dt>
                    <dd>{meaning}</dd>
                  </div>
                ))}
              </dl>
              {first && (
                <p>
                  A whole one: the schema of <Link to={paths.benchmark(first.id)}>{first.name}</Link>.
                </p>
              )}
            </>
          ),
        },
        {
          id: "api",
          title: "The API",
          text: (
            <>
              <p>
                Everything here is also an API, with <a href={paths.apiDocs}>interactive documentation</a> and an{" "}
                <a href="/api/v1/openapi.json">OpenAPI document</a>. Reading needs no account:
              </p>
              <CodeBlock>{examples.read(api)}</CodeBlock>
              <p>
                The same on the page:{" "}
                <Link to={`${paths.results}?${viewParams({ filters: ["machine.cpu.count >= 8"] })}`}>
                  results with at least 8 cores
                </Link>
                . Filters are <code>path operator value</code>, with blanks between; <code>fields</code> says what to
                answer.
              </p>
              <p>
                To add something, send a <em>bearer token</em> of your identity provider. For EGI Check-in, get one at{" "}
                <a href="https://aai.egi.eu/token" rel="noreferrer">
                  aai.egi.eu/token
                </a>{" "}
                or with oidc-agent:
              </p>
              <CodeBlock>{examples.TOKEN}</CodeBlock>
            </>
          ),
        },
        {
          id: "help",
          title: "Help",
          text: (
            <p>
              Write to <Contact />.
            </p>
          ),
        },
      ]}
    />
  );
}
