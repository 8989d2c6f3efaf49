/** What the instructions tell people to type. The browser tests run what can run. */

export const run = (image: string) => `docker run --rm ${image} > result.json`;

export const read = (api: string) => `curl -sG ${api}/results \\
  --data-urlencode 'filters=machine.cpu.count >= 8' \\
  --data-urlencode 'sort_by=-execution_datetime' \\
  -d fields=site.name,flavor.name,json -d per_page=3`;

export const submit = (api: string) => `API=${api}
BENCHMARK=$(curl -s "$API/benchmarks?per_page=1" | jq -r '.items[0].id')
SITE=$(curl -s "$API/sites?per_page=1" | jq -r '.items[0].id')
FLAVOR=$(curl -s "$API/sites/$SITE/flavors?per_page=1" | jq -r '.items[0].id')
WHEN=$(date -u +%Y-%m-%dT%H:%M:%SZ)
RUN="benchmark_id=$BENCHMARK&flavor_id=$FLAVOR&execution_datetime=$WHEN"
curl -s -X POST -H "Authorization: Bearer $TOKEN" \\
  -H "Content-Type: application/json" --data-binary @result.json \\
  "$API/results?$RUN&dry_run=true"`;

export const TOKEN = `oidc-gen --pub --issuer https://aai.egi.eu/auth/realms/egi \\
  --scope "openid profile email offline_access voperson_id eduperson_entitlement" egi
TOKEN=$(oidc-token egi)`;

export const SCHEMA = JSON.stringify(
  {
    type: "object",
    required: ["score", "threads"],
    properties: {
      score: {
        type: "number",
        description: "Mean wall time",
        suggestToUser: true,
        "x-perf": { role: "metric", unit: "s", better: "lower", primary: true, samples: "/samples" },
      },
      samples: { type: "array", items: { type: "number" } },
      threads: { type: "integer", suggestToUser: true, "x-perf": { role: "parameter" } },
    },
  },
  null,
  2,
);
