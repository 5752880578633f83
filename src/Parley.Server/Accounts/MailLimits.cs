using System.Net;
using Parley.Core.Accounts;
using Parley.Core.Text;
using Parley.Server.Connections;
using Parley.Server.Options;

namespace Parley.Server.Accounts;

/// <summary>Limits letters: so many an hour that one address asks for, a multiple of it that one IPv6 /48 does, and as many to one reader, whoever asks.</summary>
/// <remarks>Letters to the owner of an account, at the address that they have proven, MUST NOT be used up by strangers who name that address as theirs: those have a limit of their own.</remarks>
internal sealed class MailLimits(ParleyOptions options, ConnectionGate gate, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly AttemptWindow<IPAddress> _addresses = new(() => options.MailsPerHour, Window);
    private readonly AttemptWindow<IPAddress> _sites = new(() => options.OfSite(options.MailsPerHour), Window);
    private readonly AttemptWindow<(string Reader, AccountId Owner)> _readers = new(() => options.MailsPerHour, Window);

    /// <summary>Letters an hour, of each limit.</summary>
    public int PerHour => options.MailsPerHour;

    /// <summary>Words for whoever asks for more.</summary>
    public string Refusal => $"Too many e-mails were asked for (at most {Counted.Of(options.MailsPerHour, "e-mail")} an hour), try again later";

    /// <summary>Counts that an address asks for a letter; false if it may not.</summary>
    public bool TryAsk(IPAddress? address)
    {
        if (gate.IsExempt(address))
        {
            return true;
        }

        return TryTake(_addresses, AddressKey.Of(address!)) && (AddressKey.SiteOf(address!) is not { } site || TryTake(_sites, site));
    }

    /// <summary>Counts a letter to a reader; false if there were as many as may be.</summary>
    /// <param name="reader">The address.</param>
    /// <param name="owner">The account whose owner has proven the address; none for an address that somebody says is theirs.</param>
    public bool TrySendTo(string reader, AccountId owner) => TryTake(_readers, (reader.ToUpperInvariant(), owner));

    private bool TryTake<TKey>(AttemptWindow<TKey> window, TKey key)
        where TKey : notnull
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (!window.HasRoom(key, now))
            {
                return false;
            }

            window.Add(key, now);
            return true;
        }
    }
}
