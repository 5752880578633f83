namespace Parley.Core.Accounts;

/// <summary>A passkey (WebAuthn) of an account: the public half of a key that a device or a password program keeps for its owner.</summary>
/// <param name="Account">The account.</param>
/// <param name="Credential">The credential's identifier, which no other one has.</param>
/// <param name="PublicKey">The public key, in the form of COSE.</param>
/// <param name="Name">Words by which its owner knows it.</param>
/// <param name="Made">When it was registered, UTC.</param>
public sealed record Passkey(AccountId Account, ReadOnlyMemory<byte> Credential, ReadOnlyMemory<byte> PublicKey, string Name, DateTimeOffset Made)
{
    /// <summary>Number by which its owner refers to it, given by the store; no other one ever has it.</summary>
    public long Id { get; init; }

    /// <summary>Uses that the authenticator has counted, as far as it counts; a smaller number than before tells of a copy.</summary>
    public uint SignCount { get; init; }

    /// <summary>When it was last used, UTC; null for never.</summary>
    public DateTimeOffset? Used { get; init; }
}
