import { Button, ButtonGroup } from "react-bootstrap";

import type { Drawing } from "../../charts/drawing";
import { tableOf } from "../../charts/table";
import { csv } from "../../charts/csv";
import { attempt } from "../../components/Complaints";
import { download } from "../../components/download";
import { loaded } from "../../components/later";

async function picture(drawing: Drawing, format: "png" | "svg") {
  const { pictureOf } = await loaded(import("../../charts/Chart"));
  const link = document.createElement("a");
  link.href = pictureOf(drawing, format);
  link.download = `eosc-perf-plot.${format}`;
  link.click();
}

/** The drawing as a picture, and its points as a table. */
export function PlotDownloads({ drawing }: { drawing: Drawing | undefined }) {
  const save = (format: "png" | "svg" | "csv") => {
    if (!drawing) return;
    if (format === "csv") download("eosc-perf-plot.csv", csv(tableOf(drawing)), "text/csv");
    else attempt(picture(drawing, format));
  };
  return (
    <ButtonGroup size="sm" className="ms-md-auto" aria-label="Download the plot">
      {(["png", "svg", "csv"] as const).map((format) => (
        <Button
          key={format}
          variant="outline-secondary"
          disabled={!drawing}
          aria-label={`Download the plot as ${format.toUpperCase()}`}
          onClick={() => save(format)}
        >
          {format.toUpperCase()}
        </Button>
      ))}
    </ButtonGroup>
  );
}
