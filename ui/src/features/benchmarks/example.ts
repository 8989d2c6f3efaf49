/** A whole submission, to begin from. */
export const EXAMPLE = {
  docker_image: "thechristophe/openbench-c-ray",
  docker_tag: "latest",
  url: "https://hub.docker.com/r/thechristophe/openbench-c-ray",
  description: "Renders a scene with c-ray and tells how long that took.",
  schema: `{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object",
  "required": ["result", "machine"],
  "properties": {
    "result": {
      "type": "object",
      "required": ["score"],
      "properties": {
        "score": {
          "type": "number",
          "exclusiveMinimum": 0,
          "description": "Mean wall time",
          "x-perf": {"role": "metric", "unit": "s", "better": "lower", "primary": true, "samples": "/result/samples"}
        },
        "samples": {
          "type": "array",
          "items": {"type": "number"},
          "description": "Wall time of each repeat, in seconds"
        }
      }
    },
    "machine": {
      "type": "object",
      "required": ["cpu"],
      "properties": {
        "cpu": {
          "type": "object",
          "required": ["count"],
          "properties": {
            "count": {
              "type": "integer",
              "description": "CPU cores",
              "x-perf": {"role": "machine", "unit": "cores"}
            },
            "model": {
              "type": "string",
              "description": "CPU as the machine sees it",
              "x-perf": {"role": "machine"}
            }
          }
        }
      }
    },
    "scene": {
      "type": "string",
      "description": "Scene and its settings: equal in results that one compares",
      "x-perf": {"role": "parameter"}
    }
  }
}
`,
};
