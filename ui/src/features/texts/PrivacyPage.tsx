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
      title="Privacy policy"
      lead={
        <p>
          {name} keeps as little about people as it can: for readers nothing, for registered people an identifier and
          an e-mail address. Nothing is sold or shared, no page loads anything from other hosts, and nobody is tracked.
        </p>
      }
      sections={[
        {
          id: "readers",
          title: "If you only read",
          text: (
            <p>
              No cookie is set and no profile is made. Like every web server, ours sees the address that a request comes
              from; the operator may keep that in a log to find faults and fend off attacks, and deletes it after a short
              time. Your browser remembers, for itself, whether you chose a light or dark page.
            </p>
          ),
        },
        {
          id: "stored",
          title: "If you log in or register",
          text: (
            <dl className="facts text-facts">
              <div>
                <dt>Login</dt>
                <dd>
                  Your identity provider’s name for you, your e-mail address and the groups (entitlements) it tells, for
                  as long as the login lasts: hours, or until you log out. One cookie, which this page can’t read.
                </dd>
              </div>
              <div>
                <dt>Account</dt>
                <dd>
                  Your identity provider, its name for you, your e-mail address, and when you registered. It is needed
                  to know who uploaded what and to write to you about it. Kept until you or an admin removes it.
                </dd>
              </div>
              <div>
                <dt>What you add</dt>
                <dd>It is linked to your account. The link is deleted with the account; what you added stays, without a name.</dd>
              </div>
              <div>
                <dt>Objections</dt>
                <dd>Your message is shown to admins and to who uploaded the result, without saying who you are to the latter.</dd>
              </div>
              <div>
                <dt>Decisions</dt>
                <dd>
                  What admins decide is logged with a number for their account, for as long as the service lives, so
                  that decisions can be understood later.
                </dd>
              </div>
              <div>
                <dt>Mail</dt>
                <dd>
                  What we write to you about your submissions is kept until it is sent, and a short time after it, to
                  repeat what failed.
                </dd>
              </div>
              <div>
                <dt>Drafts</dt>
                <dd>What you type into forms stays in your browser until it is sent or the tab is closed.</dd>
              </div>
            </dl>
          ),
        },
        {
          id: "who",
          title: "Who sees it",
          text: (
            <p>
              Your e-mail address and your identity provider’s name for you: only you and the admins of this service.
              Nobody else, and no public answer of the API holds them. What you add is public.
            </p>
          ),
        },
        {
          id: "rights",
          title: "Your rights",
          text: (
            <>
              <p>
                See what is stored on <Link to={paths.me}>your page</Link>, take over a changed e-mail address from your
                identity provider there, and remove yourself there at once: account, logins and links to what you
                added are deleted. Backups forget it when they are replaced.
              </p>
              <p>
                For anything else, such as a correction or a complaint, write to <Contact />. You may also turn to your
                data protection authority.
              </p>
            </>
          ),
        },
      ]}
    />
  );
}
