using System.Net;
using Microsoft.Extensions.Logging;
using Parley.Core.Accounts;
using Parley.Core.Broker.Sessions;
using Parley.Server.Options;

namespace Parley.Server.Accounts;

/// <summary>Has people who are logged in set another password, and prove by their password what the token of a device does not.</summary>
/// <remarks>
/// Whoever has somebody's device for a while MUST NOT be able to keep the account: another password, an e-mail address and a passkey all outlast the
/// device's token, so they take the password.
/// </remarks>
internal sealed class PasswordChange(
    AccountService accounts, PasswordLogin passwords, DeviceTokens devices, LoginRevocation revocation, ParleyOptions options, TimeProvider time, ILogger<PasswordChange> logger)
{
    /// <summary>Time for which a log-in at an identity provider stands for the password.</summary>
    private static readonly TimeSpan MaxProviderAge = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Sets another password, which logs all devices out and ends the other sessions; returns why it is not set, for people, or the proof that it is
    /// from now on.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="current">The password before.</param>
    /// <param name="password">The password.</param>
    /// <param name="address">Address of the client; null if it comes over no network.</param>
    /// <param name="staying">Sessions that go on: those of whoever asks.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="AccountStoreException">The store fails.</exception>
    public async ValueTask<(string? Refusal, LoginProof? Proof)> SetAsync(
        ProvenAccount account, string current, string password, IPAddress? address, IReadOnlyList<Session> staying, CancellationToken cancellationToken)
    {
        // A password that will not do counts as no attempt.
        if (accounts.Elsewhere is null && PasswordRule.Check(account.Name, password, options.MinPasswordLength, out _) is { } unfit)
        {
            return (unfit.Reason, null);
        }

        var (refusal, proof) = await TryAsync(account, current, address, cancellationToken);
        if (refusal is not null)
        {
            return (refusal, null);
        }

        // They came by the token of a device, maybe, which goes with the password before; whoever is at them has given that now.
        var before = staying.Select(session => session.Proof).ToArray();
        SetProofs(staying, new LoginProof?[staying.Count]);
        AccountRefusal? reason;
        LoginProof? renewed;
        try
        {
            (reason, renewed) = await accounts.ChangePasswordAsync(account.Name, password, proof, cancellationToken);
        }
        catch (Exception)
        {
            SetProofs(staying, before);
            throw;
        }

        if (reason is not null)
        {
            SetProofs(staying, before);
            return (reason.Reason, null);
        }

        SetProofs(staying, [.. staying.Select(_ => renewed)]);
        Log.PasswordChanged(logger, account.Name.Value);
        await revocation.EndAsync(account.Id, [.. staying.Select(session => session.Id)]);
        return (null, renewed);
    }

    /// <summary>Has the owner of an account prove by the password to be that; returns why they have not, for people, null if they have.</summary>
    /// <exception cref="AccountStoreException">The store fails.</exception>
    public async ValueTask<string?> ProveAsync(ProvenAccount account, string password, IPAddress? address, CancellationToken cancellationToken)
        => (await TryAsync(account, password, address, cancellationToken)).Refusal;

    private static void SetProofs(IReadOnlyList<Session> sessions, LoginProof?[] proofs)
    {
        for (var i = 0; i < proofs.Length; i++)
        {
            sessions[i].Proof = proofs[i];
        }
    }

    private async ValueTask<(string? Refusal, LoginProof? Proof)> TryAsync(ProvenAccount account, string password, IPAddress? address, CancellationToken cancellationToken)
    {
        var (known, refusal, proof) = await passwords.TryAsync(account.Name.Value, password, address, cancellationToken, takesTokens: false);
        return (known is null ? refusal : known.Id != account.Id ? "Your account is not there any more" : null, proof);
    }

    /// <summary>True if what outlasts the session takes the password: it came by the token of a device, other than one for which a provider has just vouched.</summary>
    /// <param name="account">The account.</param>
    /// <param name="device">Number of the device; 0 for none.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="AccountStoreException">The store fails.</exception>
    public async ValueTask<bool> NeedsProofAsync(ProvenAccount account, long device, CancellationToken cancellationToken)
        => device != 0 && !(await devices.ListAsync(account.Id, cancellationToken)).Any(each => each.Id == device && IsProof(each));

    /// <summary>True if the token of a device stands for the password, as an identity provider has just vouched for whoever has it.</summary>
    public bool IsProof(Device device) => device.Outside.Length > 0 && time.GetUtcNow() - device.Made < MaxProviderAge;
}
