using Parley.Core.Accounts;

namespace Parley.Server.Accounts.Sasl;

/// <summary>Outcome of a client's message in a SASL exchange.</summary>
internal abstract record SaslStep
{
    private SaslStep()
    {
    }

    /// <summary>The client is sent this, and answers.</summary>
    /// <param name="Data">The message, not encoded yet.</param>
    public sealed record Challenge(ReadOnlyMemory<byte> Data) : SaslStep;

    /// <summary>The client is who it says. It is over.</summary>
    /// <param name="Account">Who that is.</param>
    /// <param name="Proof">Part of its proof that may hold no more one day; null for none.</param>
    public sealed record Succeeded(Account Account, LoginProof? Proof = null) : SaslStep;

    /// <summary>The client may begin anew. It is over.</summary>
    /// <param name="Reason">Why, for people, in one line without a full stop.</param>
    public sealed record Failed(string Reason) : SaslStep;
}
