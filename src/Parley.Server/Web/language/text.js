import { en } from './en.js';

// The languages of the page beside English, each a table in a file of its own that is only fetched where it is wanted.
const OTHERS = {
  ar: () => import('./ar.js'), de: () => import('./de.js'), es: () => import('./es.js'),
  fr: () => import('./fr.js'), ja: () => import('./ja.js'), zh: () => import('./zh.js'),
};

/** All languages of the page, by their names in `lang`. */
export const LANGUAGES = ['en', ...Object.keys(OTHERS)];

let table = en;
let language = 'en';
let region = undefined;
let plural = new Intl.PluralRules('en');
let number = new Intl.NumberFormat('en');

/** The language of the page, as in `lang`; its texts are in it from the moment that useLanguage is done. */
export const currentLanguage = () => language;

/** The same with a region where the browser gives one: what dates and times are written by. */
export const currentLocale = () => region;

/** The first language that the page has among those that the user reads. */
export function chooseLanguage(wanted) {
  for (const tag of wanted) {
    const name = tag.toLowerCase().split('-')[0];
    if (name === 'en' || Object.hasOwn(OTHERS, name)) {
      return { language: name, locale: tag };
    }
  }

  return { language: 'en', locale: wanted[0] };
}

/** Takes the texts from the table of a language. One that cannot be fetched leaves the page in English. */
export async function useLanguage({ language: name, locale = name }) {
  try {
    table = name === 'en' ? en : (await OTHERS[name]())[name];
  } catch {
    return;
  }

  language = name;
  region = locale;
  plural = new Intl.PluralRules(name);
  number = new Intl.NumberFormat(locale);
  document.documentElement.lang = name === 'zh' ? 'zh-Hans' : name;
  document.documentElement.dir = name === 'ar' ? 'rtl' : 'ltr';
}

function template(key, values) {
  const entry = table[key] ?? en[key] ?? key;
  return typeof entry === 'string' ? entry : entry[plural.select(values.count)] ?? entry.other;
}

// Set apart, so that `#room` in a text from right to left does not become `room#`.
const apart = value => `\u2068${value}\u2069`;

const shown = value => (typeof value === 'number' ? number.format(value) : typeof value === 'string' && value !== '' && language === 'ar' ? apart(value) : value);

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => shown(values[name]) ?? '');

/** The text of a key, with values in place of `{names}`. One that has a plural takes it from `count`. */
export function t(key, values = {}) {
  return filled(template(key, values), values);
}

/** The same as an array for an element's children: values may be elements. */
export function parts(key, values = {}) {
  return template(key, values).split(/\{(\w+)\}/).map((part, at) => (at % 2 === 0 ? part : shown(values[part]) ?? '')).filter(part => part !== '');
}

/** What a table of languages says in that of the page, with values in place of `{names}`. */
export const says = (words, values = {}) => filled(words[language] ?? words.en, values);

/** A number as the language writes it. */
export const counted = value => number.format(value);

/** Names put together as one speaks of them: `Ann, Bo and Cy`. */
export const listed = names => new Intl.ListFormat(language).format(names);

/** Puts the texts of the language into a document that was written in English: see index.html. */
export function translate(root) {
  const set = { text: (element, text) => element.textContent = text, label: (element, text) => element.setAttribute('aria-label', text), hint: (element, text) => element.title = text, placeholder: (element, text) => element.placeholder = text };
  for (const [name, put] of Object.entries(set)) {
    root.querySelectorAll(`[data-${name}]`).forEach(element => put(element, t(element.dataset[name])));
  }
}
