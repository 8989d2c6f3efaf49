import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import { paths } from "../../paths";
import { service } from "../service/queries";
import { Contact } from "./Contact";
import { TextPage } from "./TextPage";

export function Component() {
  const { data } = useQuery(service.info());
  const name = data?.name ?? "EOSC-Performance";
  return (
    <TextPage
      title="Terms of service"
      lead={<p>Who reads here accepts nothing. Who registers at {name} accepts what follows.</p>}
      sections={[
        {
          id: "what",
          title: "What this is",
          text: (
            <p>
              {name} collects results of benchmarks that people ran at sites, and compares them. It is offered as it is,
              without payment and without a promise that it is always there.
            </p>
          ),
        },
        {
          id: "you",
          title: "What you add",
          text: (
            <ul>
              <li>Add only figures that you measured yourself or may publish, and say truthfully where they come from.</li>
              <li>
                What you add (benchmarks, sites, flavors, results, tags) becomes public, and anyone may use it. Put no
                personal data, passwords or secrets into it: results are shown as they are.
              </li>
              <li>Respect the terms of the sites where you run benchmarks, and the licences of what you run.</li>
              <li>Don’t overload this service, and don’t try to get around its checks.</li>
            </ul>
          ),
        },
        {
          id: "review",
          title: "Review and objections",
          text: (
            <ul>
              <li>Benchmarks, sites and flavors are listed after an admin approved them.</li>
              <li>
                Any registered person may object to a result. It stays listed, marked, until an admin decides. An
                upheld objection takes it off the lists; its uploader is told, and why.
              </li>
              <li>You may withdraw your own results. A note that there was one stays.</li>
              <li>Admins may remove accounts that are used against these terms.</li>
            </ul>
          ),
        },
        {
          id: "figures",
          title: "What the figures mean",
          text: (
            <p>
              They say how one run of one program behaved at one time. They are no promise of a site about its
              performance, and nobody is liable for decisions that are based on them.
            </p>
          ),
        },
        {
          id: "contact",
          title: "Contact",
          text: (
            <p>
              Write to <Contact />. How personal data are handled is in the <Link to={paths.privacy}>privacy policy</Link>.
            </p>
          ),
        },
      ]}
    />
  );
}
