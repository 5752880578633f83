import { listed, parts, t } from '../language/text.js';
import { ruleText, rulesOf } from '../session/roomModes.js';

// What happened, in words: see history/presence.js.

const MOST_NAMED = 6;

/** Something that happened in a room, as a text. */
export function eventText({ from, event }) {
  switch (event.what) {
    case 'removed':
      return t(event.reason === '' || event.reason === from ? 'eventRemoved' : 'eventRemovedBecause', { from, who: event.who, reason: event.reason });
    case 'topic':
      return t(event.topic === '' ? 'eventNoTopic' : 'eventTopic', { from, topic: event.topic });
    case 'modes':
      return modesText(from, event.modes);
    case 'renamed':
      return t('eventRenamed', { from, to: event.to });
    default:
      return because(t(event.what === 'joined' ? 'eventJoined' : 'eventLeft', { count: 1, names: from }), event.reason);
  }
}

function modesText(from, modes) {
  const rules = rulesOf(modes);
  return rules === null
    ? t('eventModes', { from, modes: modes.join(' ') })
    : rules.map(rule => t(rule.adding ? 'eventRule' : 'eventNoRule', { from, rule: ruleText(rule) })).join(t('sentenceComma'));
}

const because = (text, reason) => (reason === undefined || reason === '' ? text : t('withReason', { text, reason }));

/** What comings and goings come to: `Ann and Bob joined, Cy left`. Somebody who came and went again is not spoken of. */
export function presenceText(messages) {
  const people = [];
  for (const { from, event } of messages) {
    let person = people.findLast(each => each.name === from);
    if (person === undefined) {
      person = { first: from, name: from, came: false, went: false };
      people.push(person);
    }

    if (event.what === 'renamed') {
      person.name = event.to;
    } else if (event.what === 'joined') {
      [person.came, person.went] = [!person.went, false];
    } else {
      [person.went, person.came] = [!person.came, false];
    }

    if (event.what === 'left' && !person.went) {
      // Came and went: whoever comes by that name later is somebody new to be told of.
      people.splice(people.indexOf(person), 1);
    }
  }

  const named = select => people.filter(select).map(({ name }) => name);
  const sentence = (key, names) => (names.length === 0 ? [] : [t(key, { count: names.length, names: shortList(names) })]);
  return [
    ...sentence('eventJoined', named(({ came }) => came)),
    ...sentence('eventLeft', named(({ went }) => went)),
    ...people.filter(({ came, went, first, name }) => !came && !went && first !== name).map(({ first, name }) => t('eventRenamed', { from: first, to: name })),
  ].join(t('sentenceComma'));
}

function shortList(names) {
  return listed(names.length > MOST_NAMED ? [...names.slice(0, MOST_NAMED - 1), t('others', { count: names.length - MOST_NAMED + 1 })] : names);
}

/** Who is typing, as a sentence; '' for nobody. */
export function typingText(nicks) {
  return nicks.length === 0 ? '' : nicks.length > 3 ? t('manyType') : t('typing', { count: nicks.length, names: listed(nicks) });
}

/** What is above the composer while the user answers a message. */
export const replyingTo = (message, name, text) => parts('replyingTo', { name, text });
