using Parley.Core.Accounts;

namespace Parley.Core.Push;

/// <summary>A device of an account's owner that is woken by a push service (RFC 8030).</summary>
/// <param name="Account">The account.</param>
/// <param name="Endpoint">Where the push service takes messages for the device. Whoever knows it may send there: it MUST NOT be shown to others.</param>
/// <param name="PublicKey">The device's key, an uncompressed point of P-256 in base64url (<c>p256dh</c>).</param>
/// <param name="Secret">The 16 bytes that it shares with the server, in base64url (<c>auth</c>).</param>
/// <param name="Capabilities">What the client had negotiated when it subscribed, with spaces between.</param>
/// <param name="Renewed">When the client last asked for it, UTC.</param>
public sealed record PushSubscription(AccountId Account, string Endpoint, string PublicKey, string Secret, string Capabilities, DateTimeOffset Renewed)
{
    /// <summary>Number of the device (<see cref="Accounts.Device"/>) by whose token its owner was logged in, with which it ends; 0 for none.</summary>
    public long Device { get; init; }
}
