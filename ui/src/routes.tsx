import { createBrowserRouter } from "react-router";

import { ErrorPage } from "./components/ErrorPage";
import { NotFound } from "./components/NotFound";
import { Shell } from "./components/Shell";
import { paths } from "./paths";

/** The pages. Each is loaded when someone goes there. */
export const router = createBrowserRouter([
  {
    Component: Shell,
    ErrorBoundary: ErrorPage,
    HydrateFallback: () => null,
    children: [
      {
        ErrorBoundary: ErrorPage,
        children: [
          { path: paths.home, lazy: () => import("./features/home/HomePage") },
          { path: paths.results, lazy: () => import("./features/results/ResultsPage") },
          { path: paths.result(":id"), lazy: () => import("./features/results/ResultPage") },
          { path: paths.benchmarks, lazy: () => import("./features/benchmarks/BenchmarksPage") },
          { path: paths.benchmark(":id"), lazy: () => import("./features/benchmarks/BenchmarkPage") },
          { path: paths.sites, lazy: () => import("./features/sites/SitesPage") },
          { path: paths.site(":id"), lazy: () => import("./features/sites/SitePage") },
          { path: paths.flavor(":id"), lazy: () => import("./features/flavors/FlavorPage") },
          { path: paths.submitResult, lazy: () => import("./features/results/submit/SubmitResultPage") },
          { path: paths.submitBenchmark, lazy: () => import("./features/benchmarks/SubmitBenchmarkPage") },
          { path: paths.submitSite, lazy: () => import("./features/sites/SubmitSitePage") },
          { path: paths.submitFlavor, lazy: () => import("./features/flavors/SubmitFlavorPage") },
          { path: "*", Component: NotFound },
        ],
      },
    ],
  },
]);
