const SVG = 'http://www.w3.org/2000/svg';

/**
 * Makes an element. Properties are set as such; `class`, `role`, `aria-*`, `data-*` and the like as attributes; `on*` listens.
 * Text is text: nothing is ever read as HTML.
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) {
      continue;
    }

    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (name in element && !name.includes('-') && name !== 'list') {
      element[name] = value;
    } else {
      element.setAttribute(name, value === true ? '' : value);
    }
  }

  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

/** One of the icons of index.html. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `#icon-${name}`);
  svg.append(use);
  return svg;
}

/** A button that shows an icon, and says what it does. */
export function iconButton(name, label, onclick, properties = {}) {
  return h('button', { type: 'button', class: 'icon-button', title: label, 'aria-label': label, onclick, ...properties }, icon(name));
}

export const byId = id => document.getElementById(id);

/** Has a function called once before the next picture, however often it is asked for. */
export function oncePerFrame(work) {
  let asked = false;
  return () => {
    if (!asked) {
      asked = true;
      requestAnimationFrame(() => {
        asked = false;
        work();
      });
    }
  };
}

/** Puts elements into a parent in this order; those that are there already stay what they are. */
export function reconcile(parent, elements) {
  const wanted = new Set(elements);
  [...parent.children].filter(child => !wanted.has(child)).forEach(child => child.remove());
  elements.forEach((element, at) => parent.children[at] !== element && parent.insertBefore(element, parent.children[at] ?? null));
}
