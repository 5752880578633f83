/** Opens menus on right click, long press, or the menu key. */
export function followMenus(actions, store) {
  document.addEventListener('contextmenu', event => {
    const target = event.target.closest('[data-nick], [data-room], .message-name, .row-message');
    if (target === null || event.target.closest('a, pre, input, textarea') !== null || !getSelection().isCollapsed) {
      return;
    }

    const where = event.clientX === 0 && event.clientY === 0 ? target : { x: event.clientX, y: event.clientY };
    const message = store.current?.log.messages.find(each => String(each.key) === target.closest('.row-message')?.dataset.key);
    const open = target.dataset.nick !== undefined ? () => actions.personMenu(target.dataset.nick, where)
      : target.dataset.room !== undefined ? () => actions.roomMenu(store.find(target.dataset.room), where)
        : target.matches('.message-name') ? () => actions.personMenu(target.textContent, where)
          : message !== undefined ? () => actions.messageMenu(message, where)
            : null;
    if (open !== null) {
      event.preventDefault();
      open();
    }
  });
}
