// The status page's arithmetic, in an engine without a page: node --test.
import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";

// Modules by their name, as browsers take them by their content type.
const here = dirname(fileURLToPath(import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "parley-page-"));
const load = async name => {
  copyFileSync(join(here, `${name}.js`), join(folder, `${name}.mjs`));
  return import(join(folder, `${name}.mjs`));
};
const { by, bytes, percentile, perSecond, rate, short, time, total } = await load("measures");
const { pathOf } = await load("plot");
rmSync(folder, { recursive: true });

const answer = (time, series, bounds = []) => ({ time, metrics: { m: { bounds, series } } });
const counted = (time, ...values) => answer(time, values.map(value => ({ labels: { kind: "a" }, value, counts: [] })));
const sampled = (time, ...counts) => answer(time, [{ labels: {}, value: 0, counts }], [1, 2]);

test("a metric is the sum of its labels, and none is nothing", () => {
  assert.equal(total(counted(0, 1, 2), "m"), 3);
  assert.equal(total(counted(0), "other"), 0);
  assert.deepEqual(by(counted(0, 1, 2), "m", "kind"), { a: 3 });
});

test("a rate is by the server's clock, and unknown at first and after a restart", () => {
  assert.equal(rate(counted(1000, 5), counted(3000, 25), "m"), 10);
  assert.equal(rate(null, counted(3000, 25), "m"), null);
  assert.equal(rate(counted(1000, 25), counted(3000, 5), "m"), null);
  assert.equal(rate(counted(1000, 5), counted(1000, 25), "m"), null);
});

test("a percentile is of what came between two answers", () => {
  assert.equal(percentile(sampled(0, 100, 0, 0), sampled(1, 100, 4, 0), "m", 0.5), 1.5);
  assert.equal(percentile(sampled(0, 0, 0, 0), sampled(1, 2, 2, 0), "m", 0.5), 1);
  assert.equal(percentile(sampled(0, 0, 0, 0), sampled(1, 0, 0, 9), "m", 0.99), 2);
  assert.equal(percentile(sampled(0, 1, 1, 1), sampled(1, 1, 1, 1), "m", 0.5), null);
  assert.equal(percentile(null, sampled(1, 1, 1, 1), "m", 0.5), null);
});

test("numbers are told short, without exponents", () => {
  assert.deepEqual([0, 0.5, 5, 12.34, 99.9, 999, 1000, 1234, 99900, 7.8e6, null].map(short), ["0", "0.50", "5", "12", "100", "999", "1 k", "1.2 k", "100 k", "7.8 M", "–"]);
  assert.deepEqual([0, 1e-4, 0.5, 0.0999, 1.5, 30, undefined].map(time), ["0 µs", "100 µs", "500 ms", "100 ms", "1.5 s", "30 s", "–"]);
  assert.deepEqual([0, 1500].map(bytes), ["0 B", "1.5 kB"]);
  assert.deepEqual([0, 1500, null].map(perSecond), ["0/s", "1.5 k/s", "–"]);
});

test("a line ends at the right, is as high as its highest value, and has gaps where nothing is known", () => {
  assert.equal(pathOf([1, null, 2], 3, 2), "M0.0 30.0M300.0 0.0");
  assert.equal(pathOf([0, 2], 3, 2), "M150.0 60.0L300.0 0.0");
});
