using System.Net;
using Parley.Core.Names;
using Parley.Server.Connections;
using Parley.Server.Options;

namespace Parley.Server.Accounts;

/// <summary>How often somebody may try to log in: so many times a minute from one address, and for one account from anywhere.</summary>
/// <remarks>
/// An attempt counts from when it begins, so that many at once are not free; one that succeeds is taken back. The account's
/// limit also holds for addresses that are exempt: behind one of them may be a gateway for the whole world.
/// </remarks>
internal sealed class LoginAttempts(ParleyOptions options, ConnectionGate gate, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly AttemptWindow<IPAddress> _addresses = new(options.LoginAttempts, Window);
    private readonly AttemptWindow<UserName> _accounts = new(options.LoginAttempts, Window);

    /// <summary>Counts an attempt; or says in words for the client why it may not be made.</summary>
    /// <param name="address">Where it comes from; null if from no network.</param>
    /// <param name="account">For whom; empty if that is no name, and so no account.</param>
    /// <param name="refusal">Empty, or the reason.</param>
    public bool TryBegin(IPAddress? address, UserName account, out string refusal)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var isLimited = !gate.IsExempt(address);
            refusal = (isLimited && !_addresses.HasRoom(AddressKey.Of(address!), now)) || (!account.IsEmpty && !_accounts.HasRoom(account, now))
                ? $"Too many attempts to log in (at most {options.LoginAttempts} a minute), try again in a minute"
                : "";
            if (refusal.Length > 0)
            {
                return false;
            }

            if (isLimited)
            {
                _addresses.Add(AddressKey.Of(address!), now);
            }

            if (!account.IsEmpty)
            {
                _accounts.Add(account, now);
            }

            return true;
        }
    }

    /// <summary>An attempt that was begun has succeeded.</summary>
    public void Succeeded(IPAddress? address, UserName account)
    {
        lock (_gate)
        {
            _accounts.TakeBack(account);
            if (!gate.IsExempt(address))
            {
                _addresses.TakeBack(AddressKey.Of(address!));
            }
        }
    }
}
