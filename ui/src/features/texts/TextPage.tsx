import type { ReactNode } from "react";

import { Title } from "../../components/Title";

export interface Section {
  id: string;
  title: string;
  text: ReactNode;
}

/** A page to read, with its contents at the side. */
export function TextPage({ title, lead, sections }: { title: string; lead: ReactNode; sections: Section[] }) {
  return (
    <div className="text-page">
      <Title>{title}</Title>
      <article>
        <h1>{title}</h1>
        <div className="lead-text">{lead}</div>
        {sections.map(({ id, title: name, text }) => (
          <section key={id} id={id}>
            <h2>{name}</h2>
            {text}
          </section>
        ))}
      </article>
      <nav aria-label="On this page">
        <ul className="list-unstyled">
          {sections.map(({ id, title: name }) => (
            <li key={id}>
              <a href={`#${id}`}>{name}</a>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  );
}
