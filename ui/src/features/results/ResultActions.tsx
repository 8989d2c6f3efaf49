import { useQuery } from "@tanstack/react-query";
import { Alert, Button } from "react-bootstrap";
import { useSearchParams } from "react-router";

import type { Result } from "../../api/types";
import { AddDialog } from "../../components/AddDialog";
import { ClaimForm } from "../claims/ClaimForm";
import { users } from "../users/queries";
import { RegisteredOnly } from "../users/RegisteredOnly";
import { Restore } from "./Restore";
import { TagsForm } from "./TagsForm";
import { WithdrawForm } from "./WithdrawForm";

const TITLES = { report: "Report this result", tags: "Tags of this result", withdraw: "Withdraw this result?" };

type Action = keyof typeof TITLES;
const isAction = (text: string | null): text is Action => text !== null && Object.hasOwn(TITLES, text);

/** What one can do about a result. The dialog is in the address, so a login on the way leads back to it. */
export function ResultActions({ result }: { result: Result }) {
  const { data: session } = useQuery(users.session());
  const [params, setParams] = useSearchParams();
  const asked = params.get("do");
  const action = isAction(asked) ? asked : undefined;
  const owns = result.mine === true || session?.is_admin === true;
  const open = (next: Action | undefined) => {
    if (next) params.set("do", next);
    else params.delete("do");
    setParams(params, { replace: true, preventScrollReset: true });
  };
  if (result.withdrawn) {
    return (
      <Alert variant="secondary">
        This result was withdrawn. Only its uploader and admins still read it; an admin can bring it back.
        {session?.is_admin && <Restore id={result.id} />}
      </Alert>
    );
  }
  const leave = () => open(undefined);
  return (
    <div className="result-actions">
      {owns && (
        <>
          <Button size="sm" variant="outline-secondary" onClick={() => open("tags")}>
            Edit tags…
          </Button>
          <Button size="sm" variant="outline-secondary" onClick={() => open("withdraw")}>
            Withdraw…
          </Button>
        </>
      )}
      <Button size="sm" variant="outline-secondary" onClick={() => open("report")}>
        Report…
      </Button>
      <AddDialog title={action ? TITLES[action] : ""} show={action !== undefined} onHide={leave}>
        {action === "report" && <ClaimForm resultId={result.id} />}
        {action === "tags" && owns && <TagsForm result={result} onDone={leave} />}
        {action === "withdraw" && owns && <WithdrawForm id={result.id} onDone={leave} />}
        {action !== undefined && action !== "report" && !owns && (
          <RegisteredOnly to={action === "tags" ? "change its tags" : "withdraw it"}>
            <p className="mb-0">This is for the uploader and for admins.</p>
          </RegisteredOnly>
        )}
      </AddDialog>
    </div>
  );
}
