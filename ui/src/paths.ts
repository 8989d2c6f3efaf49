export const paths = {
  home: "/",
  results: "/results",
  result: (id: string) => `/results/${id}`,
  apiDocs: "/api/v1/",
  login: (next: string) => `/auth/login?next=${encodeURIComponent(next)}`,
  logout: "/auth/logout",
};
