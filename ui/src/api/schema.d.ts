interface Page<T> {
  items: T[];
  page: number;
  per_page: number;
  pages: number;
  total: number;
  has_next: boolean;
  has_prev: boolean;
  next_num: number | null;
  prev_num: number | null;
}
interface Benchmark {
  id: string;
  name: string;
  docker_image: string;
  docker_tag: string;
  url: string;
  description?: string;
}
interface Site { id: string; name: string; address: string; description?: string }
interface Flavor { id: string; name: string; description?: string }
interface Tag { id: string; name: string; description?: string }
interface Result {
  id: string;
  upload_datetime: string;
  execution_datetime: string;
  benchmark: Benchmark;
  site: Site;
  flavor: Flavor;
  tags: Tag[];
  json: { [key: string]: unknown };
  claims_open?: number;
}
interface Field {
  path: string;
  type: string;
  role?: "metric" | "parameter" | "machine" | null;
  unit?: string | null;
  better?: string | null;
  primary: boolean;
  samples?: string | null;
  description?: string | null;
}
interface User { sub: string; iss: string; email: string; registration_datetime: string }
interface Info {
  name: string;
  version: string;
  support_email: string | null;
  demo: boolean;
  login: boolean;
  results: number;
  sites: number;
  benchmarks: number;
  flavors: number;
}
interface List { page?: number; per_page?: number; sort_by?: string; fields?: string; terms?: string[] }
interface Get<T, Q = Record<never, never>, P = never> {
  get: {
    parameters: [P] extends [never] ? { query?: Q } : { query?: Q; path: P };
    responses: { 200: { content: { "application/json": T } }; default: { content: { "application/problem+json": unknown } } };
  };
}
interface Id { id: string }
export interface paths {
  "/api/v1/info": Get<Info>;
  "/api/v1/benchmarks": Get<Page<Benchmark>, List>;
  "/api/v1/benchmarks:search": Get<Page<Benchmark>, List>;
  "/api/v1/benchmarks/{id}": Get<Benchmark, Record<never, never>, Id>;
  "/api/v1/benchmarks/{id}/fields": Get<{ items: Field[] }, Record<never, never>, Id>;
  "/api/v1/sites": Get<Page<Site>, List>;
  "/api/v1/sites:search": Get<Page<Site>, List>;
  "/api/v1/sites/{id}": Get<Site, Record<never, never>, Id>;
  "/api/v1/sites/{id}/flavors:search": Get<Page<Flavor>, List, Id>;
  "/api/v1/flavors/{id}": Get<Flavor, Record<never, never>, Id>;
  "/api/v1/results": Get<
    Page<Result>,
    List & { benchmark_id?: string; site_id?: string; flavor_id?: string; filters?: string[] }
  >;
  "/api/v1/results/{id}": Get<Result, Record<never, never>, Id>;
  "/api/v1/users/self": Get<User>;
  "/api/v1/users:register": { post: { responses: { 201: { content: { "application/json": User } } } } };
}
export interface components {
  schemas: { Benchmark: Benchmark; Site: Site; Flavor: Flavor; Tag: Tag; Result: Result; Field: Field; User: User; Info: Info };
}
