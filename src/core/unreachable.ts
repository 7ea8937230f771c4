/** Keeps a `switch` exhaustive: a new member of the union no longer compiles here. At run time it gives back what it got. */
export function unreachable<T>(_never: never, otherwise: T): T {
  return otherwise;
}
