import { Link } from "react-router";

import type { Submit } from "../../api/types";
import { RelativeTime } from "../../components/RelativeTime";

export function QueueList({ items, chosen }: { items: Submit[]; chosen: string }) {
  return (
    <ol className="queue-list" aria-label="What waits">
      {items.map(({ resource_id: id, resource_type: kind, name, uploader, upload_datetime: at }) => (
        <li key={id}>
          <Link
            to={{ search: `?item=${id}` }}
            replace
            preventScrollReset
            aria-current={id === chosen ? "true" : undefined}
          >
            <span className="queue-kind">{kind}</span>
            <span className="queue-name">{name}</span>
            <small>
              {uploader?.email ?? "someone who left"}, <RelativeTime at={at} />
            </small>
          </Link>
        </li>
      ))}
    </ol>
  );
}
