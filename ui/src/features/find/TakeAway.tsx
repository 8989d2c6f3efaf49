import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button, ButtonGroup } from "react-bootstrap";

import { api, ok } from "../../api/client";
import type { Ranking } from "../../api/types";
import { mark, OTHERS } from "../../charts/marks";
import { attempt } from "../../components/Complaints";
import { CopyButton } from "../../components/CopyButton";
import { download } from "../../components/download";
import { loaded } from "../../components/later";
import { theme as themeNow } from "../../theme";
import { sites } from "../sites/queries";
import { addressOf, citation } from "./cite";
import { groupWords } from "./groups";
import type { OwnRun } from "./queries";
import { type Question, rankingQuery } from "./question";
import { rankRange, type ShownRanking } from "./shown";

interface Props {
  question: Question;
  answer: Ranking;
  shown: ShownRanking;
  own: OwnRun[];
}

const MOST_ROWS = 50;

/** The answer to take along: as a link, a citation, a table, a picture. */
export function TakeAway({ question, answer, shown, own }: Props) {
  const order = useQuery(sites.inOrder());
  const [cited, setCited] = useState<string>();
  const address = addressOf(question, window.location.origin);
  const picture = async (format: "png" | "svg") => {
    const [{ pictureUrl }, { forestPicture, forestSize }] = await loaded(Promise.all([import("../../charts/Picture"), import("../../charts/forestPicture")]));
    const theme = themeNow();
    const rows = shown.rows.slice(0, MOST_ROWS).map(({ candidate, interval, single, text, ratio }) => {
      const range = rankRange(candidate);
      const { value, low, high } = interval;
      return {
        value,
        low,
        high,
        name: `${candidate.rank}  ${candidate.name}`,
        note: [`${text} ${shown.unit}`, ...(shown.one ? [ratio] : []), groupWords(candidate.group, candidate.rank === 1), ...(range ? [`rank ${range}`] : [])].join(", "),
        mark: candidate.site ? mark(order.data?.indexOf(candidate.site.id) ?? -1, theme) : OTHERS[theme],
        hollow: single,
      };
    });
    const option = forestPicture(rows, shown.axis, answer.summary, `${shown.title} (${shown.better})`, theme);
    const link = document.createElement("a");
    link.href = pictureUrl(option, format, forestSize(rows), theme);
    link.download = `eosc-perf-ranking.${format}`;
    link.click();
  };
  const table = async () => download("eosc-perf-ranking.csv", await csvOf(question, own), "text/csv");
  const cite = () => setCited(cited === undefined ? citation(answer, address, new Date()) : undefined);
  return (
    <>
      <div className="take-away">
        <CopyButton text={address} label="Copy the link" />
        <Button size="sm" variant="outline-secondary" aria-expanded={cited !== undefined} onClick={cite}>
          Cite
        </Button>
        {answer.candidates.length > 0 && (
          <ButtonGroup size="sm" aria-label="Download the ranking">
            {(["csv", "png", "svg"] as const).map((format) => (
              <Button
                key={format}
                variant="outline-secondary"
                aria-label={`Download the ranking as ${format.toUpperCase()}`}
                onClick={() => attempt(format === "csv" ? table() : picture(format))}
              >
                {format.toUpperCase()}
              </Button>
            ))}
          </ButtonGroup>
        )}
      </div>
      {own.length > 0 && <p className="form-text">Your own machine is not part of the link.</p>}
      {cited !== undefined && (
        <div className="citation" role="group" aria-label="Citation">
          <p>
            {cited.slice(0, cited.indexOf(address))}
            <a href={address}>{address}</a>
            {cited.slice(cited.indexOf(address) + address.length)}
          </p>
          <CopyButton text={cited} label="Copy the citation" />
        </div>
      )}
    </>
  );
}

async function csvOf(question: Question, own: OwnRun[]): Promise<string> {
  const query = { ...rankingQuery(question, own.length > 0), format: "csv" as const };
  const text =
    own.length > 0
      ? ok(api.POST("/api/v1/rankings", { params: { query }, body: { documents: own }, parseAs: "text" }))
      : ok(api.GET("/api/v1/rankings", { params: { query }, parseAs: "text" }));
  return (await text) as string;
}
