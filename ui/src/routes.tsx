import { createBrowserRouter } from "react-router";

import { ErrorPage } from "./components/ErrorPage";
import { NotFound } from "./components/NotFound";
import { page } from "./components/page";
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
          { path: paths.home, lazy: page(() => import("./features/home/HomePage")) },
          { path: paths.find, lazy: page(() => import("./features/find/FindPage")) },
          { path: paths.results, lazy: page(() => import("./features/results/ResultsPage")) },
          { path: paths.result(":id"), lazy: page(() => import("./features/results/ResultPage")) },
          { path: paths.compare, lazy: page(() => import("./features/results/compare/ComparePage")) },
          { path: paths.benchmarks, lazy: page(() => import("./features/benchmarks/BenchmarksPage")) },
          { path: paths.benchmark(":id"), lazy: page(() => import("./features/benchmarks/BenchmarkPage")) },
          { path: paths.sites, lazy: page(() => import("./features/sites/SitesPage")) },
          { path: paths.site(":id"), lazy: page(() => import("./features/sites/SitePage")) },
          { path: paths.flavor(":id"), lazy: page(() => import("./features/flavors/FlavorPage")) },
          { path: paths.submitResult, lazy: page(() => import("./features/results/submit/SubmitResultPage")) },
          { path: paths.submitBenchmark, lazy: page(() => import("./features/benchmarks/SubmitBenchmarkPage")) },
          { path: paths.submitSite, lazy: page(() => import("./features/sites/SubmitSitePage")) },
          { path: paths.submitFlavor, lazy: page(() => import("./features/flavors/SubmitFlavorPage")) },
          {
            path: paths.admin,
            lazy: page(() => import("./features/admin/AdminPage")),
            children: [
              { index: true, lazy: page(() => import("./features/admin/QueuePage")) },
              { path: paths.adminBenchmarks, lazy: page(() => import("./features/admin/BenchmarksTab")) },
              { path: paths.adminBenchmark(":id"), lazy: page(() => import("./features/admin/BenchmarkEditor")) },
              { path: paths.adminSites, lazy: page(() => import("./features/admin/SitesTab")) },
              { path: paths.adminSite(":id"), lazy: page(() => import("./features/admin/SiteEditor")) },
              { path: paths.adminFlavor(":id"), lazy: page(() => import("./features/admin/FlavorEditor")) },
              { path: paths.adminTags, lazy: page(() => import("./features/admin/TagsTab")) },
              { path: paths.adminTag(":id"), lazy: page(() => import("./features/admin/TagEditor")) },
              { path: paths.adminUsers, lazy: page(() => import("./features/admin/UsersTab")) },
              { path: paths.adminLog, lazy: page(() => import("./features/admin/LogTab")) },
            ],
          },
          { path: paths.me, lazy: page(() => import("./features/users/MePage")) },
          { path: paths.instructions, lazy: page(() => import("./features/texts/InstructionsPage")) },
          { path: paths.terms, lazy: page(() => import("./features/texts/TermsPage")) },
          { path: paths.privacy, lazy: page(() => import("./features/texts/PrivacyPage")) },
          { path: "*", Component: NotFound },
        ],
      },
    ],
  },
]);
