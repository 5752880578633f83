using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using Parley.Core.Accounts;
using Parley.Core.Names;

namespace Parley.Server.Accounts.Sasl;

/// <summary>
/// SCRAM-SHA-256: the client proves that it knows the password without sending it, and the server that it knows what it keeps
/// in its place. https://www.rfc-editor.org/rfc/rfc5802#section-5, https://www.rfc-editor.org/rfc/rfc7677
/// </summary>
/// <remarks>
/// <code>
/// client-first  n,,n=user,r=clientnonce
/// server-first  r=clientnonce servernonce,s=salt,i=iterations
/// client-final  c=biws,r=clientnonce servernonce,p=proof
/// server-final  v=signature
/// client        (empty)
/// </code>
/// Success comes only after the last, empty message: over IRC, it has no place to carry the signature.
/// An attempt counts when its proof comes. What is answered before is no guess: a client that finds it has come by the wrong
/// mechanism leaves then, and a stranger who begins and leaves keeps no owner out.
/// </remarks>
internal sealed class ScramSha256Exchange : ISaslExchange
{
    private const int NonceBytes = 18;

    private readonly AccountService _accounts;
    private readonly LoginAttempts _attempts;
    private readonly IPAddress? _address;
    private readonly string _serverNonce;

    private ScramClientFirst? _first;
    private string _serverFirst = "";
    private UserName _name;
    private Account? _account;
    private PasswordVerifier? _password;
    private bool _isProved;

    public ScramSha256Exchange(AccountService accounts, LoginAttempts attempts, IPAddress? address)
        : this(accounts, attempts, address, Convert.ToBase64String(RandomNumberGenerator.GetBytes(NonceBytes)))
    {
    }

    /// <summary>With a nonce that is known beforehand, for the examples of the RFC.</summary>
    internal ScramSha256Exchange(AccountService accounts, LoginAttempts attempts, IPAddress? address, string serverNonce)
    {
        _accounts = accounts;
        _attempts = attempts;
        _address = address;
        _serverNonce = serverNonce;
    }

    public ValueTask<SaslStep> NextAsync(ReadOnlyMemory<byte> clientData, CancellationToken cancellationToken = default)
    {
        if (_isProved)
        {
            return ValueTask.FromResult<SaslStep>(clientData.IsEmpty
                ? new SaslStep.Succeeded(_account!, new LoginProof(Password: _password!.Stamp))
                : new SaslStep.Failed("SCRAM-SHA-256 ends with an empty message"));
        }

        if (!Utf8.IsValid(clientData.Span))
        {
            return ValueTask.FromResult<SaslStep>(new SaslStep.Failed("SCRAM-SHA-256 wants UTF-8"));
        }

        var message = Encoding.UTF8.GetString(clientData.Span);
        return _first is null ? BeginAsync(message, cancellationToken) : ProveAsync(message, cancellationToken);
    }

    private async ValueTask<SaslStep> BeginAsync(string message, CancellationToken cancellationToken)
    {
        if (!ScramClientFirst.TryParse(message, out _first, out var error))
        {
            return new SaslStep.Failed(error);
        }

        if (_first.ActFor.Length > 0 && !string.Equals(_first.ActFor, _first.Name, StringComparison.OrdinalIgnoreCase))
        {
            return SaslFailures.NobodyElse;
        }

        _ = UserName.TryParse(_first.Name, out _name);
        (_account, _password) = await _accounts.FindOrFakeAsync(_first.Name, cancellationToken);
        _serverFirst = string.Create(
            CultureInfo.InvariantCulture,
            $"r={_first.Nonce}{_serverNonce},s={Convert.ToBase64String(_password.Salt.Span)},i={_password.Iterations}");
        return new SaslStep.Challenge(Encoding.UTF8.GetBytes(_serverFirst));
    }

    private async ValueTask<SaslStep> ProveAsync(string message, CancellationToken cancellationToken)
    {
        if (!ScramClientFinal.TryParse(message, out var final))
        {
            return new SaslStep.Failed("SCRAM-SHA-256 wants c=, r= and p= here");
        }

        // What the client sent first comes back under the proof: else somebody in between has changed it.
        if (final.ChannelBinding != _first!.EncodedHeader || final.Nonce != _first.Nonce + _serverNonce)
        {
            return new SaslStep.Failed("The channel binding or the nonce is not that of the first message");
        }

        var exchanged = Encoding.UTF8.GetBytes($"{_first.Bare},{_serverFirst},{final.WithoutProof}");
        using var attempt = await _attempts.BeginAsync(_address, _name, cancellationToken);
        if (attempt.Refusal is { } refusal)
        {
            return new SaslStep.Failed(refusal);
        }

        // The password may be another since the exchange began, and the account somebody else's.
        if (!IsProof(final.Proof, exchanged) || _account is null || !await _accounts.IsOfAsync(_account, _password!, cancellationToken))
        {
            return SaslFailures.Wrong;
        }

        _isProved = true;
        attempt.Succeed();
        var signature = HMACSHA256.HashData(_password!.ServerKey.Span, exchanged);
        return new SaslStep.Challenge(Encoding.UTF8.GetBytes($"v={Convert.ToBase64String(signature)}"));
    }

    // The proof is the client's key, which only the password gives, hidden behind a signature of all that was exchanged.
    private bool IsProof(byte[] proof, byte[] exchanged)
    {
        var clientKey = HMACSHA256.HashData(_password!.StoredKey.Span, exchanged);
        for (var at = 0; at < clientKey.Length; at++)
        {
            clientKey[at] ^= proof[at];
        }

        return CryptographicOperations.FixedTimeEquals(SHA256.HashData(clientKey), _password.StoredKey.Span);
    }
}
