import { COMMANDS } from '../Web/commands.js';
import { en } from '../Web/language/en.js';
import { chooseLanguage, LANGUAGES, listed, parts, t, useLanguage } from '../Web/language/text.js';
import { SHORTCUTS } from '../Web/ui/shortcuts.js';
import { clockTime, dayName } from '../Web/ui/time.js';
import { equal, ok, test } from './harness.js';

const tableOf = async language => (await import(`../Web/language/${language}.js`))[language];
const valuesIn = entry => [...new Set([...JSON.stringify(entry).matchAll(/\{(\w+)\}/g)].map(match => match[1]))].sort();
const others = LANGUAGES.filter(language => language !== 'en');

for (const language of others) {
  test(`All texts are there in ${language}, and none that nobody asks for`, async () => {
    const table = await tableOf(language);
    equal(Object.keys(table).sort(), Object.keys(en).sort());
    equal(Object.entries(table).filter(([, entry]) => JSON.stringify(entry) === '""').map(([key]) => key), []);
  });

  test(`Texts in ${language} have the values that those in English have`, async () => {
    const table = await tableOf(language);
    equal(Object.keys(en).filter(key => valuesIn(en[key]).join() !== valuesIn(table[key]).join()), []);
  });

  test(`Plurals in ${language} are of forms that the language has, and none that it needs is missing`, async () => {
    const table = await tableOf(language);
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [key, entry] of Object.entries(table).filter(([, each]) => typeof each === 'object')) {
      equal([key, Object.keys(entry).filter(form => !forms.includes(form)), 'other' in entry], [key, [], true]);
    }

    if (language === 'ar') {
      equal(Object.keys(table.countPeople).sort(), [...forms].sort());
    }
  });
}

test('Every command and every key has words in the help', () => {
  equal(COMMANDS.map(({ name }) => `command_${name}`).filter(key => !(key in en)), []);
  equal(SHORTCUTS.map(([, key]) => key).filter(key => !(key in en)), []);
});

test('The first language that there is of those that somebody reads is taken, with its region', () => {
  equal(chooseLanguage(['tlh', 'de-CH', 'en']), { language: 'de', locale: 'de-CH' });
  equal(chooseLanguage(['zh-Hant-TW', 'fr']), { language: 'zh', locale: 'zh-Hant-TW' });
  equal(chooseLanguage(['tlh', 'vo']), { language: 'en', locale: 'tlh' });
  equal(chooseLanguage([]), { language: 'en', locale: undefined });
});

test('Texts, numbers, lists and dates are as the language has them', async () => {
  const noon = new Date(2026, 2, 5, 12, 30).getTime();
  const seen = async (language, locale) => {
    await useLanguage({ language, locale });
    return [t('countPeople', { count: 3 }), listed(['a', 'b', 'c']), dayName(noon, noon + 9 * 86_400_000), document.documentElement.dir, parts('replyingTo', { name: 'x', text: 'y' }).length];
  };
  equal(await seen('de', 'de-DE'), ['3 Personen', 'a, b und c', 'Donnerstag, 5. März 2026', 'ltr', 4]);
  equal(await seen('ar', 'ar-EG'), ['٣ أشخاص', 'a وb وc', 'الخميس، ٥ مارس ٢٠٢٦', 'rtl', 4]);
  equal(await seen('ja', 'ja-JP'), ['3 人', 'a、b、c', '2026年3月5日木曜日', 'ltr', 3]);
  ok(clockTime(noon).includes('12:30'));
  await useLanguage({ language: 'en', locale: 'en-US' });
  equal([t('countPeople', { count: 1 }), t('no such key')], ['1 person', 'no such key']);
});
