namespace Parley.Server.Accounts.Outside;

/// <summary>The identity provider does not answer, or not as it should: nobody's log-in can be decided.</summary>
internal sealed class IdentityProviderException(string message, Exception? inner = null) : Exception(message, inner);
