import { Fragment } from "react";

/** A path, an address or an image's name, which breaks where it has its joints rather than anywhere. */
export const Breakable = ({ text }: { text: string }) =>
  text.split(/(?<=[/.:_-])(?=[a-z])/i).map((part, place) => (
    // oxlint-disable-next-line react/no-array-index-key -- the parts of one text have no other name
    <Fragment key={place}>
      {place > 0 && <wbr />}
      {part}
    </Fragment>
  ));
