// As much of a test framework as these tests need: it runs in a browser, which is all that is asked for.

const tests = [];

export function test(name, run) {
  tests.push({ name, run });
}

export function equal(actual, expected) {
  const [is, should] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (is !== should) {
    throw new Error(`is ${is}, should be ${should}`);
  }
}

export const ok = value => equal(Boolean(value), true);

/** Runs all of them; one sentence for each that failed, and how many there were. */
export async function runAll() {
  const failures = [];
  for (const { name, run } of tests) {
    try {
      await run();
    } catch (error) {
      failures.push(`${name}: ${error.message}`);
    }
  }

  return { count: tests.length, failures };
}
