import { queryOptions } from "@tanstack/react-query";

import { api, ok } from "../../api/client";

export const service = {
  info: () =>
    queryOptions({
      queryKey: ["info"],
      queryFn: ({ signal }) => ok(api.GET("/api/v1/info", { signal })),
    }),
};
