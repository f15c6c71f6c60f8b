import { type JSX, Show } from "solid-js";

interface LessonProps {
  /** The anchor, unique on the page. */
  readonly id: string;
  readonly title: string;
  /** What it is about, in a sentence or two. */
  readonly lead?: JSX.Element;
  readonly children: JSX.Element;
}

/** One step of a view: a heading, a word, and something to try. */
export function Lesson(props: LessonProps) {
  return (
    <section class="lesson" aria-labelledby={props.id}>
      <h2 id={props.id}>{props.title}</h2>
      <Show when={props.lead}>
        <p class="lead">{props.lead}</p>
      </Show>
      {props.children}
    </section>
  );
}

interface PageProps {
  readonly title: string;
  readonly lead: JSX.Element;
  readonly children?: JSX.Element;
}

/** A view: its title, its lead, its lessons. */
export function Page(props: PageProps) {
  return (
    <article class="view">
      <header class="view-head">
        <h1>{props.title}</h1>
        <p class="lead">{props.lead}</p>
      </header>
      {props.children}
    </article>
  );
}
