/** A text that may be long, in a list: its first lines, the whole on hover. */
export const Clamped = ({ text = "" }: { text?: string | null }) =>
  text && (
    <div className="clamped" title={text}>
      {text}
    </div>
  );
