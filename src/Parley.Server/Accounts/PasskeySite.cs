namespace Parley.Server.Accounts;

/// <summary>The page on which somebody uses a passkey, as the browser names it: passkeys belong to a host.</summary>
/// <param name="Host">The host, without a port.</param>
/// <param name="Origin">Scheme, host and port.</param>
internal sealed record PasskeySite(string Host, string Origin);
