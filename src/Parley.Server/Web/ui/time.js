import { currentLocale, t } from '../language/text.js';

// Made when they are first needed, which is after the language is known; making one takes longer than all that it is asked.
const formats = new Map();

function format(name, options) {
  const key = `${name} ${currentLocale()}`;
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat(currentLocale(), options));
  }

  return formats.get(key);
}

const clock = () => format('clock', { hour: 'numeric', minute: '2-digit' });

export const clockTime = time => clock().format(time);
export const fullTime = time => format('full', { dateStyle: 'medium', timeStyle: 'medium' }).format(time);
export const dayOf = time => new Date(time).toDateString();

/** The time without AM and PM, for where there is no room for them. */
export function shortTime(time) {
  return clock().formatToParts(time).filter(({ type }) => type !== 'dayPeriod').map(({ value }) => value).join('').trim();
}

/** A day as one speaks of it. */
export function dayName(time, now = Date.now()) {
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  return dayOf(time) === dayOf(now) ? t('today')
    : dayOf(time) === yesterday.toDateString() ? t('yesterday')
      : format('day', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(time);
}

/** When something was, as short as it can be said: a time today, else a day with it. */
export function moment(time, now = Date.now()) {
  return dayOf(time) === dayOf(now) ? clockTime(time) : format('moment', { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' }).format(time);
}

/** How long something takes, of two units at most. */
export function duration(seconds) {
  const units = [['day', 86_400], ['hour', 3600], ['minute', 60], ['second', 1]];
  const at = Math.max(0, units.findIndex(([, size]) => seconds >= size));
  const [unit, size] = units[at < 0 ? units.length - 1 : at];
  return new Intl.NumberFormat(currentLocale(), { style: 'unit', unit, unitDisplay: 'long' }).format(Math.floor(seconds / size));
}
