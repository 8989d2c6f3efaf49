import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button, Form } from "react-bootstrap";
import { useNavigate } from "react-router";

import { ErrorNotice } from "../../components/ErrorNotice";
import { forgetDrafts } from "../../components/useDraft";
import { paths } from "../../paths";
import { removeMe } from "./own";
import { RegisteredOnly } from "./RegisteredOnly";

const WORDS = "remove me";

/** Removes the person, who has to type it: it can't be undone. */
export function RemoveMe() {
  const [typed, setTyped] = useState("");
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const removal = useMutation({
    mutationFn: removeMe,
    onSuccess: async () => {
      forgetDrafts();
      await navigate(paths.home);
      await queryClient.resetQueries();
    },
  });
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        removal.mutate();
      }}
    >
      <p>
        Your account, your address and your logins are deleted, and you are logged out. Your results, benchmarks, sites
        and flavors stay, without your name. This can't be undone.
      </p>
      <Form.Group controlId="sure" className="mb-3">
        <Form.Label>
          Type <strong>{WORDS}</strong> to confirm
        </Form.Label>
        <Form.Control
          autoFocus
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </Form.Group>
      <RegisteredOnly to="remove your account">
        {removal.error && <ErrorNotice error={removal.error} />}
        <Button
          type="submit"
          variant="danger"
          disabled={typed.trim().toLowerCase() !== WORDS || removal.isPending}
        >
          Remove me
        </Button>
      </RegisteredOnly>
    </Form>
  );
}
