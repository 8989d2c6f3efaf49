import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form } from "react-bootstrap";
import { Link } from "react-router";

import { ErrorNotice } from "../../components/ErrorNotice";
import { TextField } from "../../components/TextField";
import { useDraft } from "../../components/useDraft";
import { paths } from "../../paths";
import { RegisteredOnly } from "../users/RegisteredOnly";
import { claimResult } from "./queries";

/** An objection to a result. */
export function ClaimForm({ resultId }: { resultId: string }) {
  const { draft, change, forget } = useDraft(`claim ${resultId}`, { message: "" });
  const queryClient = useQueryClient();
  const claim = useMutation({
    mutationFn: () => claimResult(resultId, draft.message),
    onSuccess: () => {
      forget();
      void queryClient.invalidateQueries({ queryKey: ["results"] });
      void queryClient.invalidateQueries({ queryKey: ["users"] });
    },
  });
  if (claim.isSuccess) {
    return (
      <Alert variant="success" className="mb-0">
        Thank you. An admin decides, and you get a mail. Until then the result is marked.{" "}
        <Link to={paths.me}>Your reports</Link>
      </Alert>
    );
  }
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        claim.mutate();
      }}
    >
      <p>
        The result stays listed, marked, until an admin decides. Its uploader reads your message, but does not learn
        who you are.
      </p>
      <TextField
        label="What is wrong with it?"
        member="message"
        required
        autoFocus
        rows={4}
        maxLength={5000}
        placeholder="This ran with 8 cores, not 4: see samples."
        value={draft.message}
        onChange={(message) => change({ message })}
        error={claim.error}
      />
      <RegisteredOnly to="report a result" typed>
        {claim.error && <ErrorNotice error={claim.error} />}
        <Button type="submit" disabled={claim.isPending}>
          Report the result
        </Button>
      </RegisteredOnly>
    </Form>
  );
}
