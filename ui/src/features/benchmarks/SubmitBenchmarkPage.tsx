import { useState } from "react";
import { Button } from "react-bootstrap";

import type { Benchmark } from "../../api/types";
import { Title } from "../../components/Title";
import { WaitsForReview } from "../../components/WaitsForReview";
import { paths } from "../../paths";
import { BenchmarkForm } from "./BenchmarkForm";

export function Component() {
  const [done, setDone] = useState<Benchmark>();
  return (
    <>
      <Title>Submit a benchmark</Title>
      <h1>Submit a benchmark</h1>
      {done ? (
        <WaitsForReview what={done.name} to={paths.benchmark(done.id)}>
          <Button size="sm" variant="outline-secondary" onClick={() => setDone(undefined)}>
            Submit another
          </Button>
        </WaitsForReview>
      ) : (
        <>
          <p>
            A container image at a fixed tag that prints JSON, and the JSON Schema that its results satisfy. An admin
            looks at it before it takes results.
          </p>
          <BenchmarkForm onDone={setDone} />
        </>
      )}
    </>
  );
}
