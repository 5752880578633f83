using System.Text;
using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Tokens;
using Parley.Server.Accounts;
using Parley.Server.Accounts.Outside;
using Parley.Server.Accounts.Sasl;
using Parley.Server.Http;
using Parley.Server.Http.Accounts;
using Parley.Server.Http.Api;
using Parley.Server.Options;
using Parley.Server.Push;

namespace Parley.Fuzz.Targets;

/// <summary>SASL messages and what is kept of passwords, certificates and tokens.</summary>
internal static class AccountTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("sasl-chunks", Chunks, typeof(SaslChunks)),
        new("scram-first", input => _ = ScramClientFirst.TryParse(Text(input), out _, out _), typeof(ScramClientFirst)),
        new("scram-final", input => _ = ScramClientFinal.TryParse(Text(input), out _), typeof(ScramClientFinal)),
        new("bearer-message", input => _ = BearerMessage.TryParse(input.Span, out _), typeof(BearerMessage)),
        new("oauth-bearer-message", OAuth, typeof(OAuthBearerMessage)),
        new("bearer-token", BearerTarget.Run, typeof(BearerValidator)),
        new("account-request", AccountBody, typeof(AccountJson)),
        new("secret-code", Code),
        new("api-request", ApiBody, typeof(ApiJson)),
        new("password-verifier", Verifier, typeof(PasswordVerifier)),
        new("certificate-fingerprint", Fingerprint, typeof(CertificateFingerprint)),
        new("ssh-key", Key, typeof(SshKey)),
        new("push-keys", PushKeysOf, typeof(PushKeys)),
        new("last-place", Place, typeof(LastPlace)),
        new("kept-place", Kept, typeof(KeptPlace)),
        new("token-scopes", Scopes, typeof(TokenScopes)),
    ];

    private static string Text(ReadOnlyMemory<byte> input) => Encoding.UTF8.GetString(input.Span);

    private static void Chunks(ReadOnlyMemory<byte> input)
    {
        var chunks = new SaslChunks();
        var rest = input.Span;
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf((byte)'\n');
            _ = chunks.Add(end < 0 ? rest : rest[..end], out _);
            rest = end < 0 ? default : rest[(end + 1)..];
        }
    }

    private static void OAuth(ReadOnlyMemory<byte> input)
    {
        if (OAuthBearerMessage.TryParse(input.Span, out var message))
        {
            FuzzTarget.Require(message.Token.Length > 0 && !message.Token.Contains('\u0001', StringComparison.Ordinal), "A token is a token");
        }
    }

    private static void ApiBody(ReadOnlyMemory<byte> input)
    {
        try
        {
            _ = ApiJson.Parse(input.Span);
        }
        catch (ProblemException)
        {
            // Told as such.
        }
    }

    private static void AccountBody(ReadOnlyMemory<byte> input)
    {
        try
        {
            _ = AccountJson.Parse(input.Span);
        }
        catch (ProblemException)
        {
            // Told as such.
        }
    }

    private static void Code(ReadOnlyMemory<byte> input)
    {
        var text = Text(input);
        FuzzTarget.Require(SecretCode.HashOf(text) == SecretCode.HashOf($" {text.ToLowerInvariant()}- "), "A code is the same however it is typed");
        _ = DeviceTokens.IsForm(text);
        _ = MailAddresses.IsAddress(text);
    }

    private static void Verifier(ReadOnlyMemory<byte> input)
    {
        if (PasswordVerifier.TryParse(Text(input), out var verifier))
        {
            FuzzTarget.Require(PasswordVerifier.TryParse(verifier.ToString(), out _), "A verifier that is kept is read again");
        }
    }

    private static void Fingerprint(ReadOnlyMemory<byte> input)
    {
        if (CertificateFingerprint.TryParse(Text(input), out var fingerprint))
        {
            FuzzTarget.Require(CertificateFingerprint.TryParse(fingerprint.Value, out var again) && again == fingerprint, "A fingerprint is its text");
        }
    }

    private static void Key(ReadOnlyMemory<byte> input)
    {
        if (SshKey.TryParse(Text(input), out var key) || SshKey.TryRestore(Text(input), "", out key))
        {
            FuzzTarget.Require(SshKey.TryRestore(key.Fingerprint, key.Comment, out var again) && again.Equals(key), "A key that is kept is read again");
        }
    }

    private static void PushKeysOf(ReadOnlyMemory<byte> input)
    {
        if (PushKeys.TryRead(input.Span, out var key, out var secret))
        {
            FuzzTarget.Require(PushKeys.TryRead(Encoding.ASCII.GetBytes($"p256dh={key};auth={secret}"), out var again, out _) && string.Equals(again, key, StringComparison.Ordinal), "Keys that are kept are read again");
        }
    }

    private static void Place(ReadOnlyMemory<byte> input)
    {
        if (LastPlace.TryParse(Text(input)) is { } place)
        {
            FuzzTarget.Require(LastPlace.TryParse(place.ToString()) is { } again && again.Rooms.SequenceEqual(place.Rooms), "A place that is kept is read again");
        }
    }

    private static void Kept(ReadOnlyMemory<byte> input)
    {
        if (KeptPlace.TryParse(Text(input)) is { } place)
        {
            FuzzTarget.Require(
                KeptPlace.TryParse(place.ToString()) is { } again && again with { Rooms = place.Rooms } == place && again.Rooms.SequenceEqual(place.Rooms), "A place that is kept is read again");
        }
    }

    private static void Scopes(ReadOnlyMemory<byte> input)
    {
        if (TokenScopes.TryParse(Text(input), out var scopes))
        {
            FuzzTarget.Require(TokenScopes.TryParse(scopes.ToString(), out var again) && string.Equals(again.ToString(), scopes.ToString(), StringComparison.Ordinal), "Scopes are their text");
        }
    }
}
