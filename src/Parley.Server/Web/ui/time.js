const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

export const clockTime = time => clock.format(time);
export const fullTime = time => full.format(time);
export const dayOf = time => new Date(time).toDateString();

/** A day as one speaks of it. */
export function dayName(time, now = Date.now()) {
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  return dayOf(time) === dayOf(now) ? 'Today' : dayOf(time) === yesterday.toDateString() ? 'Yesterday' : day.format(time);
}
