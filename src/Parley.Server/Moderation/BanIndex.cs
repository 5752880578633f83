using System.Net;
using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Moderation;

namespace Parley.Server.Moderation;

/// <summary>Bans at one moment, which are found by identity and address however many there are; masks are tried one by one.</summary>
internal sealed class BanIndex
{
    private readonly Dictionary<Identity, Ban> _people = [];
    private readonly Dictionary<IPNetwork, Ban> _networks = [];
    private readonly int[] _prefixLengths;
    private readonly Ban[] _masks;

    public BanIndex(IReadOnlyList<Ban> bans)
    {
        All = bans;
        foreach (var ban in bans)
        {
            switch (ban.Subject.Kind)
            {
                case BanKind.Account or BanKind.Guest:
                    _people[ban.Subject.Identity] = ban;
                    break;
                case BanKind.Network:
                    _networks[ban.Subject.Network] = ban;
                    break;
            }
        }

        _masks = [.. bans.Where(ban => ban.Subject.Kind == BanKind.Mask)];
        _prefixLengths = [.. _networks.Keys.Select(network => network.PrefixLength).Distinct()];
    }

    public static BanIndex Empty { get; } = new([]);

    /// <summary>All of them, in the order in which they were made.</summary>
    public IReadOnlyList<Ban> All { get; }

    /// <summary>A ban about an address that is not over.</summary>
    public Ban? Find(IPAddress address, DateTimeOffset now)
    {
        if (_prefixLengths.Length == 0)
        {
            return null;
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bits = plain.GetAddressBytes().Length * 8;
        foreach (var length in _prefixLengths)
        {
            if (length <= bits && _networks.TryGetValue(NetworkText.Around(plain, length), out var ban) && !ban.IsOverAt(now))
            {
                return ban;
            }
        }

        return null;
    }

    /// <summary>A ban about somebody who has proven an account, or is a guest, that is not over.</summary>
    public Ban? Find(Identity who, DateTimeOffset now) => _people.TryGetValue(who, out var ban) && !ban.IsOverAt(now) ? ban : null;

    /// <summary>A ban about a user by identity or mask that is not over.</summary>
    public Ban? Find(in Actor user, DateTimeOffset now)
    {
        if (Find(user.Identity, now) is { } own)
        {
            return own;
        }

        foreach (var ban in _masks)
        {
            if (!ban.IsOverAt(now) && ban.Subject.Matches(user))
            {
                return ban;
            }
        }

        return null;
    }
}
