/** What a link in an e-mail or an invitation is about, of which nothing stays in the address: { invitation } or { what, account, code }; null for none. */
export function takeAccountLink() {
  const invitation = /^#invite=([\w-]+)$/.exec(location.hash)?.[1];
  const [, what, account = '', code = ''] = /^#(verify|reset)=([^:]+):([\w-]+)$/.exec(location.hash) ?? [];
  if (invitation === undefined && what === undefined) {
    return null;
  }

  history.replaceState(null, '', location.pathname + location.search);
  return invitation === undefined ? { what, account: decodeURIComponent(account), code } : { invitation };
}
