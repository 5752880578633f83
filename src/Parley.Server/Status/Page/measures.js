// From two answers of the server, one after the other, to what people want to know. No DOM in here.

const series = (answer, name) => answer.metrics[name]?.series ?? [];

/** The sum of a metric over all its labels. */
export const total = (answer, name) => series(answer, name).reduce((sum, one) => sum + one.value, 0);

/** A metric by one of its labels. */
export function by(answer, name, label) {
  const values = {};
  for (const one of series(answer, name)) {
    const key = one.labels[label] ?? "";
    values[key] = (values[key] ?? 0) + one.value;
  }
  return values;
}

/** How much a counter went up in a second; nothing before there are two answers, or when the server was started anew. */
export function rate(before, now, name) {
  const seconds = (now.time - before?.time) / 1000;
  const more = before && total(now, name) - total(before, name);
  return seconds > 0 && more >= 0 ? more / seconds : null;
}

/** Of what a histogram took in between two answers, the value that a share of it was at most; nothing if there was none. */
export function percentile(before, now, name, share) {
  const metric = now.metrics[name];
  if (!before || !metric) {
    return null;
  }
  const counts = Array.from({ length: metric.bounds.length + 1 }, () => 0);
  for (const [answer, sign] of [[now, 1], [before, -1]]) {
    for (const one of series(answer, name)) {
      one.counts.forEach((count, i) => { counts[i] += sign * count; });
    }
  }
  const wanted = counts.reduce((sum, count) => sum + count, 0) * share;
  if (!(wanted > 0)) {
    return null;
  }
  let sum = 0;
  for (const [i, count] of counts.entries()) {
    if (sum + count >= wanted && count > 0) {
      const low = i > 0 ? metric.bounds[i - 1] : 0;
      const high = metric.bounds[i] ?? low;
      return low + (high - low) * (wanted - sum) / count;
    }
    sum += count;
  }
  return null;
}

const isKnown = value => value !== null && value !== undefined;

/** Two digits at least, and no exponents. */
const digits = value => (value >= 10 || Number.isInteger(value) ? String(Math.round(value)) : value.toPrecision(2));

const sizes = [[1e9, "G"], [1e6, "M"], [1e3, "k"]];

function scale(value, unit) {
  const [size, letter] = sizes.find(([size]) => value >= size) ?? [1, ""];
  return `${digits(value / size)} ${letter}${unit}`.trim();
}

/** A number as short as it can be told: 1.2 k. */
export const short = value => (isKnown(value) ? scale(value, "") : "–");

/** So many bytes: 1.2 kB. */
export const bytes = value => (isKnown(value) ? scale(value, "B") : "–");

/** So many a second: 1.2 k/s. */
export const perSecond = value => (isKnown(value) ? `${short(value)}/s` : "–");

/** Seconds in the unit that fits. */
export function time(seconds) {
  if (!isKnown(seconds)) {
    return "–";
  }
  const [size, unit] = [[1, "s"], [1e-3, "ms"]].find(([size]) => seconds >= size) ?? [1e-6, "µs"];
  return `${digits(seconds / size)} ${unit}`;
}
