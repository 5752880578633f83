namespace Parley.Core.Accounts;

/// <summary>Proof by which somebody has logged in to an account, as far as it may hold no more one day. It is one of these.</summary>
/// <param name="Device">Number of the device whose token it was; 0 for another proof.</param>
/// <param name="Password">Stamp of the password that it was (<see cref="PasswordVerifier.Stamp"/>); empty for another proof.</param>
public sealed record LoginProof(long Device = 0, string Password = "")
{
    /// <summary>The certificate that it was, by its fingerprint (<see cref="CertificateFingerprint.Value"/>); empty for another proof.</summary>
    public string Certificate { get; init; } = "";

    /// <summary>The identity at a provider that it was (<see cref="OutsideIdentity.ToString"/>); empty for another proof.</summary>
    public string Outside { get; init; } = "";

    /// <summary>The key of SSH that it was, by its fingerprint (<see cref="SshKey.Fingerprint"/>); empty for another proof.</summary>
    public string Key { get; init; } = "";

    /// <summary>Number of the passkey that it was; 0 for another proof.</summary>
    public long Passkey { get; init; }
}
