using System.Net;
using Parley.Core.Names;
using Parley.Server.Connections;
using Parley.Server.Options;

namespace Parley.Server.Accounts;

/// <summary>Limits attempts to log in: so many a minute from one address, for one account from one address, and ten times as many for one account.</summary>
/// <remarks>
/// An account is first limited by address, so that a stranger's wrong guesses do not keep its owner out elsewhere. The limit
/// for an account from anywhere is against guessing from many addresses, and does not concern those that its owner has come
/// from. An attempt counts from when it begins, so that many at once are not free; one that succeeds is taken back. The
/// limits of accounts also hold for addresses that are exempt: behind one of them may be a gateway for the whole world.
/// </remarks>
internal sealed class LoginAttempts(ParleyOptions options, ConnectionGate gate, TimeProvider time)
{
    /// <summary>As many addresses may guess at one account in a minute, each to its own limit.</summary>
    private const int MaxGuessingAddresses = 10;

    /// <summary>Addresses of owners that are remembered, of all accounts.</summary>
    private const int MaxKnown = 10_000;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly AttemptWindow<IPAddress> _addresses = new(options.LoginAttempts, Window);
    private readonly AttemptWindow<(UserName Account, IPAddress Address)> _pairs = new(options.LoginAttempts, Window);
    private readonly AttemptWindow<UserName> _accounts = new(MaxGuessingAddresses * options.LoginAttempts, Window);
    private readonly HashSet<(UserName Account, IPAddress Address)> _known = [];
    private readonly Queue<(UserName Account, IPAddress Address)> _knownOrder = new();

    /// <summary>Counts an attempt; or says in words for the client why it may not be made.</summary>
    /// <param name="address">The client's address; null if it comes over no network.</param>
    /// <param name="account">The account it is for; empty if that is no name, and so no account.</param>
    /// <param name="refusal">Empty, or the reason.</param>
    public bool TryBegin(IPAddress? address, UserName account, out string refusal)
    {
        var pair = (account, KeyOf(address));
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var isLimited = !gate.IsExempt(address);
            var hasRoom = (!isLimited || _addresses.HasRoom(pair.Item2, now))
                && (account.IsEmpty
                    || (_pairs.HasRoom(pair, now) && (_known.Contains(pair) || _accounts.HasRoom(account, now))));
            refusal = hasRoom ? "" : $"Too many attempts to log in (at most {options.LoginAttempts} a minute), try again in a minute";
            if (!hasRoom)
            {
                return false;
            }

            if (isLimited)
            {
                _addresses.Add(pair.Item2, now);
            }

            if (!account.IsEmpty)
            {
                _pairs.Add(pair, now);
                _accounts.Add(account, now);
            }

            return true;
        }
    }

    /// <summary>An attempt that was begun has succeeded.</summary>
    public void Succeeded(IPAddress? address, UserName account)
    {
        TakeBack(address, account);
        var pair = (account, KeyOf(address));
        lock (_gate)
        {
            if (gate.IsExempt(address) || !_known.Add(pair))
            {
                return;
            }

            _knownOrder.Enqueue(pair);
            if (_knownOrder.Count > MaxKnown)
            {
                _known.Remove(_knownOrder.Dequeue());
            }
        }
    }

    /// <summary>An attempt that was begun came to nothing, and says nothing about the password.</summary>
    public void TakeBack(IPAddress? address, UserName account)
    {
        lock (_gate)
        {
            _accounts.TakeBack(account);
            _pairs.TakeBack((account, KeyOf(address)));
            if (!gate.IsExempt(address))
            {
                _addresses.TakeBack(KeyOf(address));
            }
        }
    }

    private static IPAddress KeyOf(IPAddress? address) => address is null ? IPAddress.None : AddressKey.Of(address);
}
