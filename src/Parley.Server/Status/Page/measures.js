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

const steps = [[1e9, "G"], [1e6, "M"], [1e3, "k"]];

/** A number as short as it can be told: 1.2 k. */
export function short(value) {
  if (value === null || value === undefined) {
    return "–";
  }
  const [size, letter] = steps.find(([size]) => value >= size) ?? [1, ""];
  const scaled = value / size;
  return `${scaled >= 100 || Number.isInteger(scaled) ? Math.round(scaled) : scaled.toPrecision(2)}${letter && " " + letter}`;
}

/** Seconds in the unit that fits. */
export function time(seconds) {
  if (seconds === null || seconds === undefined) {
    return "–";
  }
  return seconds >= 1 ? `${seconds.toPrecision(2)} s` : seconds >= 1e-3 ? `${(seconds * 1e3).toPrecision(2)} ms` : `${Math.round(seconds * 1e6)} µs`;
}
