import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "react-bootstrap";

import { ErrorNotice } from "../../components/ErrorNotice";
import { restoreResult } from "./actions";

/** For admins: brings a withdrawn result back. */
export function Restore({ id }: { id: string }) {
  const queryClient = useQueryClient();
  const restore = useMutation({
    mutationFn: () => restoreResult(id),
    onSuccess: () => queryClient.invalidateQueries(),
  });
  return (
    <>
      {" "}
      <Button size="sm" variant="outline-secondary" disabled={restore.isPending} onClick={() => restore.mutate()}>
        Restore it
      </Button>
      {restore.isError && <ErrorNotice error={restore.error} />}
    </>
  );
}
