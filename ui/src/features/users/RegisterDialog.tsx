import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button, Form, Modal } from "react-bootstrap";

import { ErrorNotice } from "../../components/ErrorNotice";
import { paths } from "../../paths";
import { register, users } from "./queries";

export function RegisterDialog({ show, onHide }: { show: boolean; onHide: () => void }) {
  const [agreed, setAgreed] = useState(false);
  const queryClient = useQueryClient();
  const registration = useMutation({
    mutationFn: register,
    onSuccess: async () => {
      await queryClient.invalidateQueries(users.session());
      onHide();
    },
  });
  return (
    <Modal show={show} onHide={onHide} aria-labelledby="register-title">
      <Form
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation(); // React hands it on to a form around this dialog, which would be sent too
          registration.mutate();
        }}
      >
        <Modal.Header closeButton>
          <Modal.Title id="register-title" as="h2">
            Register
          </Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <p>Registered users add results, benchmarks, sites and flavors.</p>
          <ul>
            <li>What you add is public. Your e-mail address is not: only admins and you see it.</li>
            <li>Add only figures that you measured or may publish, and say truthfully where they come from.</li>
            <li>Results can be questioned by others, and admins may withdraw what is wrong.</li>
          </ul>
          <Form.Check
            id="agree"
            label={
              <>
                I agree to the{" "}
                <a href={paths.terms} target="_blank" rel="noreferrer">
                  terms of service
                </a>
              </>
            }
            checked={agreed}
            onChange={(event) => setAgreed(event.target.checked)}
          />
          <p className="form-text">
            What is stored of you, why and for how long:{" "}
            <a href={paths.privacy} target="_blank" rel="noreferrer">
              privacy policy
            </a>
          </p>
          {registration.isError && <ErrorNotice error={registration.error} />}
        </Modal.Body>
        <Modal.Footer>
          <Button variant="outline-secondary" onClick={onHide}>
            Not now
          </Button>
          <Button type="submit" disabled={!agreed || registration.isPending}>
            Register
          </Button>
        </Modal.Footer>
      </Form>
    </Modal>
  );
}
