import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "react-bootstrap";

import { ErrorNotice } from "../../components/ErrorNotice";
import { RegisteredOnly } from "../users/RegisteredOnly";
import { withdrawResult } from "./actions";

/** Takes a result off the lists, after a second thought. */
export function WithdrawForm({ id, onDone }: { id: string; onDone: () => void }) {
  const queryClient = useQueryClient();
  const withdrawal = useMutation({
    mutationFn: () => withdrawResult(id),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ["results"] });
      void queryClient.invalidateQueries({ queryKey: ["info"] });
      onDone();
    },
  });
  return (
    <>
      <p>
        It leaves all lists, charts and rankings. You and the admins can still read it; only an admin can bring it
        back.
      </p>
      <RegisteredOnly to="withdraw it">
        {withdrawal.error && <ErrorNotice error={withdrawal.error} />}
        <Button variant="danger" autoFocus disabled={withdrawal.isPending} onClick={() => withdrawal.mutate()}>
          Withdraw the result
        </Button>
      </RegisteredOnly>
    </>
  );
}
