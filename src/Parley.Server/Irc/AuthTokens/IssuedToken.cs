using Parley.Core.Accounts;
using Parley.Core.Broker.Sessions;

namespace Parley.Server.Irc.AuthTokens;

/// <summary>Claim that an issued token stands for.</summary>
/// <param name="Service">The only service that it is for, in capitals.</param>
/// <param name="Scope">What it is for there, as its owner said: a channel, as a rule; empty for nothing in particular.</param>
/// <param name="UserId">Who asked for it, as long as that one is here.</param>
/// <param name="Login">The account that it had proven; null for none, which only the server's own service for files takes.</param>
/// <param name="Proof">What it had proven it by; null for nothing that could be withdrawn.</param>
/// <param name="Expires">When it is good for nothing, UTC.</param>
/// <param name="By">The session that asked for it; null where that does not matter.</param>
internal sealed record IssuedToken(string Service, string Scope, long UserId, ProvenAccount? Login, LoginProof? Proof, DateTimeOffset Expires, Session? By = null)
{
    /// <summary>True if the session that asked for it has ended, or is about to: it may have been logged out.</summary>
    public bool IsOrphaned => By is { User: null } or { CloseReason: not null };
}
