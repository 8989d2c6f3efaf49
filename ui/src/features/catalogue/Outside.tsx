import { Breakable } from "../../components/Breakable";

/** An address that people typed: a link where it is one of the web, else its text. */
export const Outside = ({ href }: { href: string }) =>
  /^https?:\/\//i.test(href) ? (
    <a href={href} rel="noreferrer">
      <Breakable text={href} />
    </a>
  ) : (
    href
  );
