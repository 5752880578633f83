using System.Net;
using Parley.Core.Names;
using Parley.Server.Connections;
using Parley.Server.Options;

namespace Parley.Server.Accounts;

/// <summary>Limits attempts to log in: so many a minute from one address, a multiple of it from one IPv6 /48, for one account from one address, and ten times as many for one account.</summary>
/// <remarks>
/// An account is first limited by address, so that a stranger's wrong guesses do not keep its owner out elsewhere. The limit
/// for an account from anywhere is against guessing from many addresses, and does not concern those that its owner has come
/// from. An attempt counts from when it begins, so that many at once are not free; one that succeeds is taken back. One that
/// begins while as many are under way waits for an end: after a restart, all people of an office log in at once. The
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
    private readonly AttemptWindow<IPAddress> _addresses = new(() => options.LoginAttempts, Window);
    private readonly AttemptWindow<IPAddress> _sites = new(() => options.OfSite(options.LoginAttempts), Window);
    private readonly AttemptWindow<(UserName Account, IPAddress Address)> _pairs = new(() => options.LoginAttempts, Window);
    private readonly AttemptWindow<UserName> _accounts = new(() => MaxGuessingAddresses * options.LoginAttempts, Window);
    private readonly HashSet<(UserName Account, IPAddress Address)> _known = [];
    private readonly Queue<(UserName Account, IPAddress Address)> _knownOrder = new();
    private readonly Dictionary<IPAddress, TaskCompletionSource> _ends = [];

    /// <summary>Begins an attempt, or refuses it. Where it depends on how others from the address end, waits for these.</summary>
    /// <param name="address">The client's address; null if it comes over no network.</param>
    /// <param name="account">The account it is for; empty if that is no name, and so no account.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async ValueTask<LoginAttempt> BeginAsync(IPAddress? address, UserName account, CancellationToken cancellationToken)
    {
        var pair = (account, KeyOf(address));
        while (true)
        {
            Task anEnd;
            lock (_gate)
            {
                var now = time.GetUtcNow();
                var isLimited = !gate.IsExempt(address);
                switch (RoomFor(pair, SiteOf(address), isLimited, now))
                {
                    case AttemptRoom.Free:
                        return Begin(address, account, isLimited, now);
                    case AttemptRoom.None:
                        return new LoginAttempt($"Too many attempts to log in (at most {options.LoginAttempts} a minute), try again in a minute");
                }

                anEnd = NextEndAsync(SiteOf(address));
            }

            await anEnd.WaitAsync(cancellationToken);
        }
    }

    /// <summary>An attempt that was begun has ended.</summary>
    public void End(LoginAttempt attempt, LoginOutcome outcome)
    {
        var (pair, counts) = ((attempt.Account, KeyOf(attempt.Address)), outcome == LoginOutcome.Failed);
        lock (_gate)
        {
            if (attempt.CountsForAddress)
            {
                _addresses.End(pair.Item2, counts);
                _sites.End(SiteOf(attempt.Address), counts);
            }

            if (!attempt.Account.IsEmpty)
            {
                _pairs.End(pair, counts);
                _accounts.End(attempt.Account, counts);
            }

            if (outcome == LoginOutcome.Succeeded && attempt.CountsForAddress)
            {
                Know(pair);
            }

            if (_ends.Remove(SiteOf(attempt.Address), out var end))
            {
                end.SetResult();
            }
        }
    }

    private LoginAttempt Begin(IPAddress? address, UserName account, bool isLimited, DateTimeOffset now)
    {
        if (isLimited)
        {
            _addresses.Begin(KeyOf(address), now);
            _sites.Begin(SiteOf(address), now);
        }

        if (!account.IsEmpty)
        {
            _pairs.Begin((account, KeyOf(address)), now);
            _accounts.Begin(account, now);
        }

        return new LoginAttempt(this, address, account, isLimited);
    }

    private AttemptRoom RoomFor((UserName Account, IPAddress Address) pair, IPAddress site, bool isLimited, DateTimeOffset now)
    {
        var ofAddress = isLimited ? (AttemptRoom)Math.Max((int)_addresses.Room(pair.Address, now), (int)_sites.Room(site, now)) : AttemptRoom.Free;
        if (pair.Account.IsEmpty)
        {
            return ofAddress;
        }

        // Whoever guesses at one account from many addresses is not waited for: there may be no end of it.
        var isGuessedAt = !_known.Contains(pair) && _accounts.Room(pair.Account, now) != AttemptRoom.Free;
        return isGuessedAt ? AttemptRoom.None : (AttemptRoom)Math.Max((int)ofAddress, (int)_pairs.Room(pair, now));
    }

    /// <summary>Completes when the next attempt from a site ends.</summary>
    private Task NextEndAsync(IPAddress site)
    {
        if (!_ends.TryGetValue(site, out var end))
        {
            _ends.Add(site, end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        return end.Task;
    }

    /// <summary>Remembers that an account's owner was at an address.</summary>
    private void Know((UserName Account, IPAddress Address) pair)
    {
        if (!_known.Add(pair))
        {
            return;
        }

        _knownOrder.Enqueue(pair);
        if (_knownOrder.Count > MaxKnown)
        {
            _known.Remove(_knownOrder.Dequeue());
        }
    }

    /// <summary>The /48 of an IPv6 address; an IPv4 address is its own site, which has the larger limit, and so none.</summary>
    private static IPAddress SiteOf(IPAddress? address) => address is null ? IPAddress.None : AddressKey.SiteOf(address) ?? AddressKey.Of(address);

    private static IPAddress KeyOf(IPAddress? address) => address is null ? IPAddress.None : AddressKey.Of(address);
}
