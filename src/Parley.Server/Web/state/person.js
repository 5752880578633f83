const PREFIX = 'parley ';

/**
 * Forgets what this browser keeps of the person who was at it: whoever logs out leaves nothing to the next. How the page looks, and what it does, stays.
 */
export function forgetPerson(preferences, storage = globalThis.localStorage) {
  preferences.forgetPerson();
  try {
    // Messages, drafts, and what was set aside.
    Object.keys(storage).filter(key => key.startsWith(PREFIX)).forEach(key => storage.removeItem(key));
  } catch {
    // Forbidden: nothing is kept.
  }
}
