/** The document's title; React lifts it into the head. */
export const Title = ({ children }: { children: string }) => <title>{`${children} · EOSC Performance`}</title>;
