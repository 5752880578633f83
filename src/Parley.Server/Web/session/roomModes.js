import { counted, says } from '../language/text.js';

/**
 * The rules that a room can have, each described here and nowhere else:
 * `letter`: of the mode on IRC.
 * `words`: what it means, in the languages of the page; `{value}` is its parameter.
 * `input`: for one with a parameter, the attributes of the field to enter it; `label` and `none` are the words beside it, and in it while there is none.
 * `isList`: for one that is a list, of which `{value}` is an entry.
 * `held`: for one that keeps somebody without a rank from speaking, what it comes to now: { text, until }, the latter null unless waiting helps.
 *   It takes the parameter, and the times (ms) of the user's last message and of now.
 */
export const ROOM_MODES = [
  {
    letter: 'i',
    words: {
      en: 'By invitation only',
      ar: 'لا يدخل إلا المدعوون',
      de: 'Nur Eingeladene kommen herein',
      es: 'Solo entra quien está invitado',
      fr: 'Seules les personnes invitées entrent',
      ja: '招待された人だけが入れる',
      zh: '只有受邀者可以进入',
    },
  },
  {
    letter: 'm',
    words: {
      en: 'Only people with a voice may speak',
      ar: 'لا يتكلم إلا من له صوت',
      de: 'Nur wer eine Stimme hat, spricht',
      es: 'Solo habla quien tiene voz',
      fr: 'Seules les personnes qui ont la voix parlent',
      ja: '発言権のある人だけが話せる',
      zh: '只有有发言权的人可以说话',
    },
    held: () => ({ text: ruleText({ letter: 'm', value: '' }), until: null }),
  },
  {
    letter: 's',
    words: {
      en: 'Hidden from people outside',
      ar: 'لا يعلم بها أحد في الخارج',
      de: 'Draußen erfährt niemand davon',
      es: 'Nadie de fuera sabe de ella',
      fr: 'Personne dehors ne sait qu’il existe',
      ja: '外からは見えない',
      zh: '外面的人不知道它',
    },
  },
  {
    letter: 't',
    words: {
      en: 'Only operators may change the topic',
      ar: 'لا يغير الموضوع إلا المشرفون',
      de: 'Nur die Leitung ändert das Thema',
      es: 'Solo los operadores cambian el tema',
      fr: 'Seuls les opérateurs changent le sujet',
      ja: 'トピックを変えられるのはオペレーターだけ',
      zh: '只有管理员可以改主题',
    },
  },
  {
    letter: 'k',
    input: { type: 'text', name: 'key', maxLength: 32, spellcheck: false },
    words: {
      en: 'Key',
      ar: 'المفتاح',
      de: 'Schlüssel',
      es: 'Clave',
      fr: 'Clé',
      ja: '鍵',
      zh: '钥匙',
    },
    label: {
      en: 'Key',
      ar: 'المفتاح',
      de: 'Schlüssel',
      es: 'Clave',
      fr: 'Clé',
      ja: '鍵',
      zh: '钥匙',
    },
    none: {
      en: 'None: anyone may join',
      ar: 'لا مفتاح: يدخل من يشاء',
      de: 'Keiner: alle dürfen herein',
      es: 'Ninguna: puede entrar cualquiera',
      fr: 'Aucune : tout le monde peut entrer',
      ja: 'なし: 誰でも入れます',
      zh: '没有：任何人都可以进入',
    },
  },
  {
    letter: 'g',
    isList: true,
    words: {
      en: 'The word filter refuses {value}',
      ar: 'مرشّح الكلمات يرفض {value}',
      de: 'Der Wortfilter weist {value} ab',
      es: 'El filtro de palabras rechaza {value}',
      fr: 'Le filtre de mots refuse {value}',
      ja: '単語フィルターが {value} を拒否',
      zh: '词语过滤拒绝 {value}',
    },
  },
  {
    letter: 'W',
    input: { type: 'number', name: 'slow', min: 1, max: 21_600, step: 1 },
    words: {
      en: 'Slow mode: {value} s between messages',
      ar: 'الوضع البطيء: {value} ث بين الرسائل',
      de: 'Langsam-Modus: {value} s zwischen Nachrichten',
      es: 'Modo lento: {value} s entre mensajes',
      fr: 'Mode lent : {value} s entre les messages',
      ja: '低速モード：メッセージの間隔 {value} 秒',
      zh: '慢速模式：每条消息间隔 {value} 秒',
    },
    label: {
      en: 'Slow mode: seconds between messages',
      ar: 'الوضع البطيء: الثواني بين الرسائل',
      de: 'Langsam-Modus: Sekunden zwischen Nachrichten',
      es: 'Modo lento: segundos entre mensajes',
      fr: 'Mode lent : secondes entre les messages',
      ja: '低速モード：メッセージの間隔（秒）',
      zh: '慢速模式：消息间隔（秒）',
    },
    none: { en: 'Off', ar: 'متوقف', de: 'Aus', es: 'Desactivado', fr: 'Désactivé', ja: 'オフ', zh: '关闭' },
    held(value, said, now) {
      const until = said + Number(value) * 1000;
      return until <= now ? { text: ruleText({ letter: 'W', value }), until: null } : { text: says(WAIT, { value: Math.ceil((until - now) / 1000) }), until };
    },
  },
];

const WAIT = {
  en: 'Slow mode: you can speak again in {value} s',
  ar: 'الوضع البطيء: يمكنك الكلام بعد {value} ث',
  de: 'Langsam-Modus: weiterschreiben in {value} s',
  es: 'Modo lento: puedes volver a escribir en {value} s',
  fr: 'Mode lent : vous pourrez écrire dans {value} s',
  ja: '低速モード：あと {value} 秒で発言できます',
  zh: '慢速模式：{value} 秒后可再发言',
};

const modeOf = letter => ROOM_MODES.find(mode => mode.letter === letter);

/** What a rule says, in the language of the page; of one that is lifted, and has no parameter any more, what it is called. */
export function ruleText({ letter, value }) {
  const { words, label = words } = modeOf(letter);
  return says(value === '' ? label : words, { value: /^\d+$/.test(value) ? counted(Number(value)) : value });
}

/** The changes of a MODE as rules, each { letter, value, adding }; null if it is about anything that is no rule. */
export function rulesOf([letters = '', ...parameters]) {
  const rules = [];
  let adding = true;
  for (const letter of letters) {
    if (letter === '+' || letter === '-') {
      adding = letter === '+';
      continue;
    }

    const mode = modeOf(letter);
    if (mode === undefined) {
      return null;
    }

    rules.push({ letter, adding, value: mode.isList || (mode.input !== undefined && (adding || letter === 'k')) ? parameters.shift() ?? '' : '' });
  }

  return rules.length === 0 ? null : rules;
}

/** The parameters of MODE that make a room's rules, as { letter: parameter or '' } for those that are set, what is wanted in the same form; null if they are that. */
export function changesOf(before, wanted, support) {
  const on = ROOM_MODES.filter(({ letter }) => letter in wanted && wanted[letter] !== before[letter]);
  const off = ROOM_MODES.filter(({ letter }) => letter in before && !(letter in wanted));
  const valuesOf = (modes, values, adding) => modes.filter(({ letter }) => support.takesParameter(letter, adding)).map(({ letter }) => values[letter]);
  const lettersOf = (sign, modes) => (modes.length === 0 ? '' : sign + modes.map(({ letter }) => letter).join(''));
  return on.length + off.length === 0 ? null
    : [lettersOf('+', on) + lettersOf('-', off), ...valuesOf(on, wanted, true), ...valuesOf(off, before, false)];
}
