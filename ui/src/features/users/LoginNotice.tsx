import { Alert } from "react-bootstrap";
import { useSearchParams } from "react-router";

const REASONS: Record<string, string> = {
  denied: "The login was cancelled, or your identity provider refused it.",
  expired: "The login took too long, or was begun in another browser. Please log in again.",
  unavailable: "The identity provider can't be reached now. Please try again in a while.",
  "not-configured": "This server has no identity provider to log in with.",
};

/** Why a login did not work, as the server tells it in the address. */
export function LoginNotice() {
  const [params, setParams] = useSearchParams();
  const code = params.get("login_error");
  if (code === null) return null;
  const dismiss = () => {
    params.delete("login_error");
    setParams(params, { replace: true });
  };
  return (
    <Alert variant="warning" dismissible onClose={dismiss}>
      {REASONS[code] ?? "The login did not work. Please try again."}
    </Alert>
  );
}
