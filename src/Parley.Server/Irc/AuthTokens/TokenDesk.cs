using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Parley.Core.Accounts;
using Parley.Core.Broker.Sessions;

namespace Parley.Server.Irc.AuthTokens;

/// <summary>
/// Issues tokens that prove to one service who somebody is, and checks each once. Only a hash of a token is kept, in memory: what
/// leaks from here opens nothing, and a restart ends all of them.
/// </summary>
internal sealed class TokenDesk(TimeProvider time)
{
    /// <summary>Long enough to open a page, or to start an upload.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    /// <summary>Tokens of one account that wait to be used.</summary>
    public const int MaxOfAccount = 10;

    private const int SecretBytes = 32;

    private readonly ConcurrentDictionary<string, IssuedToken> _issued = new(StringComparer.Ordinal);

    /// <summary>Issues a token; null if the account, or the user without one, has as many as it may.</summary>
    public string? Issue(string service, string scope, long userId, ProvenAccount? login, LoginProof? proof = null, Session? by = null)
    {
        var now = time.GetUtcNow();
        var own = 0;
        foreach (var (key, issued) in _issued)
        {
            if (issued.Expires <= now)
            {
                _issued.TryRemove(key, out _);
            }
            else if (login is null ? issued.UserId == userId : issued.Login?.Id == login.Id)
            {
                own++;
            }
        }

        if (own >= MaxOfAccount)
        {
            return null;
        }

        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        _issued[Hash(token)] = new IssuedToken(service, scope, userId, login, proof, now + Lifetime, by);
        return token;
    }

    /// <summary>Redeems a token: returns its claim the first time that its service asks; null for one that is used, expired, another service's, or unknown.</summary>
    public IssuedToken? Redeem(string service, string token)
        => _issued.TryGetValue(Hash(token), out var issued)
            && string.Equals(issued.Service, service, StringComparison.OrdinalIgnoreCase)
            && _issued.TryRemove(Hash(token), out issued)
            && issued.Expires > time.GetUtcNow()
            ? issued : null;

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
