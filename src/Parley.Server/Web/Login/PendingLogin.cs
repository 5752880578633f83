using System.Diagnostics.CodeAnalysis;

namespace Parley.Server.Web.Login;

/// <summary>A log-in at the identity provider that was begun in a browser.</summary>
/// <param name="State">What the provider sends back: it was this browser that began.</param>
/// <param name="Nonce">What the token has to have in it: it was made for this log-in.</param>
/// <param name="Verifier">What proves that the code is ours (PKCE).</param>
internal sealed record PendingLogin(string State, string Nonce, string Verifier)
{
    /// <summary>Reads what <see cref="ToString"/> gives; false for anything else.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PendingLogin? pending)
    {
        pending = text?.Split(' ') is [{ Length: > 0 } state, { Length: > 0 } nonce, { Length: > 0 } verifier] ? new(state, nonce, verifier) : null;
        return pending is not null;
    }

    public override string ToString() => $"{State} {Nonce} {Verifier}";
}
