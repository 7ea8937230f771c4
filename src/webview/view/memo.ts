import { Component } from 'preact';
import type { ComponentChildren, ComponentClass } from 'preact';

/** A component that is drawn again only when one of its properties changed: finished rows and blocks stay as they are. */
export function memo<P extends object>(
  draw: (props: P) => ComponentChildren,
  same: (before: P, after: P) => boolean = sameValues,
): ComponentClass<P> {
  return class extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      return !same(this.props, next);
    }
    override render(): ComponentChildren {
      return draw(this.props);
    }
  };
}

function sameValues<P extends object>(before: P, after: P): boolean {
  const keys = Object.keys(after) as (keyof P)[];
  return keys.length === Object.keys(before).length && keys.every((key) => before[key] === after[key]);
}
