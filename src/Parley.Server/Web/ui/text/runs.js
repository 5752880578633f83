// https://modern.ircdocs.horse/formatting.html
const STYLES = { '\x02': 'bold', '\x1d': 'italic', '\x1f': 'underline', '\x1e': 'struck', '\x11': 'mono' };
const COLOUR = /^(?:\x03(?:(\d{1,2})(?:,(\d{1,2}))?)?|\x04(?:([0-9a-f]{6})(?:,([0-9a-f]{6}))?)?)/i;

/** A text in pieces of one look each: [{ text, styles }]. Colours are left out: they are for a background that is not ours. */
export function styledRuns(text) {
  const runs = [];
  let styles = new Set();
  let run = '';
  const restyle = change => {
    if (run !== '') {
      runs.push({ text: run, styles: [...styles] });
      run = '';
    }

    styles = new Set(styles);
    change(styles);
  };
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    const colour = COLOUR.exec(text.slice(at, at + 14));
    if (colour !== null) {
      // Text in the colour of its ground is hidden until one wants to see it.
      const [, front, back, exactFront, exactBack] = colour;
      const isHidden = (front ?? exactFront) !== undefined && (front ?? exactFront) === (back ?? exactBack);
      restyle(set => (isHidden ? set.add('spoiler') : set.delete('spoiler')));
      at += colour[0].length - 1;
    } else if (letter === '\x0f') {
      restyle(set => set.clear());
    } else if (letter in STYLES) {
      restyle(set => set.delete(STYLES[letter]) || set.add(STYLES[letter]));
    } else if (letter >= ' ' || letter === '\n' || letter === '\t') {
      run += letter;
    }
  }

  restyle(() => {});
  return runs;
}

/** A text without the codes that format it. */
export const plainText = text => styledRuns(text).map(run => run.text).join('');
