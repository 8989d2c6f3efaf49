import type { Benchmark } from "../../api/types";
import { RelativeTime } from "../../components/RelativeTime";
import { Outside } from "../catalogue/Outside";
import { registryPage } from "./registry";

export function BenchmarkFacts({ benchmark }: { benchmark: Benchmark }) {
  const { docker_image: image, docker_tag: tag } = benchmark;
  return (
    <dl className="facts">
      <dt>Image</dt>
      <dd>
        <a href={registryPage(image)} rel="noreferrer">
          {image}
        </a>
      </dd>
      <dt>Tag</dt>
      <dd>{tag}</dd>
      <dt>Digest</dt>
      <dd>
        {benchmark.image_digest ? (
          <code>{benchmark.image_digest}</code>
        ) : (
          <span className="text-body-secondary">
            not known{benchmark.image_note ? `: ${benchmark.image_note}` : ": the registry was not asked"}
          </span>
        )}
      </dd>
      <dt>Read about it</dt>
      <dd>
        <Outside href={benchmark.url} />
      </dd>
      <dt>Added</dt>
      <dd>
        <RelativeTime at={benchmark.upload_datetime} exactToo />
      </dd>
    </dl>
  );
}
