/**
 * Something that is fetched when it is first used, so that nobody waits for it before. The function that is returned does something
 * with it: at once if it is there, else as soon as it is. Its `fetch` gets it before it is used, and its `there` is what has come, if it has.
 */
export function later(load) {
  let coming = null;
  const use = act => (use.there === undefined ? use.fetch().then(act) : act(use.there));
  use.there = undefined;
  use.fetch = () => coming ??= load().then(it => use.there = it, error => {
    // The network may be there the next time.
    coming = null;
    throw error;
  });
  return use;
}
