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
          { path: paths.find, lazy: () => import("./features/find/FindPage") },
          { path: paths.results, lazy: () => import("./features/results/ResultsPage") },
          { path: paths.result(":id"), lazy: () => import("./features/results/ResultPage") },
          { path: paths.compare, lazy: () => import("./features/results/compare/ComparePage") },
          { path: paths.benchmarks, lazy: () => import("./features/benchmarks/BenchmarksPage") },
          { path: paths.benchmark(":id"), lazy: () => import("./features/benchmarks/BenchmarkPage") },
          { path: paths.sites, lazy: () => import("./features/sites/SitesPage") },
          { path: paths.site(":id"), lazy: () => import("./features/sites/SitePage") },
          { path: paths.flavor(":id"), lazy: () => import("./features/flavors/FlavorPage") },
          { path: paths.submitResult, lazy: () => import("./features/results/submit/SubmitResultPage") },
          { path: paths.submitBenchmark, lazy: () => import("./features/benchmarks/SubmitBenchmarkPage") },
          { path: paths.submitSite, lazy: () => import("./features/sites/SubmitSitePage") },
          { path: paths.submitFlavor, lazy: () => import("./features/flavors/SubmitFlavorPage") },
          {
            path: paths.admin,
            lazy: () => import("./features/admin/AdminPage"),
            children: [
              { index: true, lazy: () => import("./features/admin/QueuePage") },
              { path: paths.adminBenchmarks, lazy: () => import("./features/admin/BenchmarksTab") },
              { path: paths.adminBenchmark(":id"), lazy: () => import("./features/admin/BenchmarkEditor") },
              { path: paths.adminSites, lazy: () => import("./features/admin/SitesTab") },
              { path: paths.adminSite(":id"), lazy: () => import("./features/admin/SiteEditor") },
              { path: paths.adminFlavor(":id"), lazy: () => import("./features/admin/FlavorEditor") },
              { path: paths.adminTags, lazy: () => import("./features/admin/TagsTab") },
              { path: paths.adminTag(":id"), lazy: () => import("./features/admin/TagEditor") },
              { path: paths.adminUsers, lazy: () => import("./features/admin/UsersTab") },
              { path: paths.adminLog, lazy: () => import("./features/admin/LogTab") },
            ],
          },
          { path: paths.me, lazy: () => import("./features/users/MePage") },
          { path: paths.instructions, lazy: () => import("./features/texts/InstructionsPage") },
          { path: paths.terms, lazy: () => import("./features/texts/TermsPage") },
          { path: paths.privacy, lazy: () => import("./features/texts/PrivacyPage") },
          { path: "*", Component: NotFound },
        ],
      },
    ],
  },
]);
