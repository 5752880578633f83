// Letters that people who lack them on their keyboard type otherwise, and that Unicode does not take apart.
const STROKES = { ø: 'o', đ: 'd', ł: 'l', ħ: 'h', ŧ: 't', ı: 'i', æ: 'ae', œ: 'oe', ð: 'd', þ: 'th' };

// Accents and points that writing goes without; not the signs of other scripts, without which a word is another.
const OPTIONAL = /(?=[\p{Mn}\p{Me}\p{Lm}])[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/gu;
const INVISIBLE = /[\u00ad\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]/gu;

/** A text as search compares it, on the server, too: without case (fully: ß is ss), accents and width. */
export function fold(text) {
  const bare = foldCase(foldCase(text)).normalize('NFKD').replace(OPTIONAL, '').replace(INVISIBLE, '');
  return bare.replace(/[øđłħŧıæœðþ]/g, letter => STROKES[letter]).normalize('NFC');
}

// By capitals: a letter that has none of its own becomes the letters that stand for it.
const foldCase = text => text.normalize('NFKD').normalize('NFC').toUpperCase().toLowerCase().replaceAll('ς', 'σ');
