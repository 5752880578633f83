using System.Net;
using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Rooms;

namespace Parley.Core.Moderation;

/// <summary>The subject of a ban: an account, a guest, an address or network, or a mask.</summary>
/// <remarks>People are compared by identity, and their names are for reading only: a name is worn, and the next who wears it is somebody else.</remarks>
public sealed record BanSubject
{
    private BanSubject(BanKind kind, string text) => (Kind, Text) = (kind, text);

    /// <summary>The kind.</summary>
    public BanKind Kind { get; }

    /// <summary>The subject for people: the name of an account or guest, an address or network, or a mask.</summary>
    public string Text { get; }

    /// <summary>The identity of an account or a guest; unknown for the other kinds.</summary>
    public Identity Identity { get; private init; }

    /// <summary>The network; meaningless for the other kinds.</summary>
    public IPNetwork Network { get; private init; }

    /// <summary>An account.</summary>
    public static BanSubject Of(AccountId account, UserName name) => new(BanKind.Account, name.Value) { Identity = Identity.Of(account) };

    /// <summary>A person: its account, or else the guest that it is.</summary>
    public static BanSubject Of(in Actor person)
        => new(person.Identity.IsAccount ? BanKind.Account : BanKind.Guest, person.Identity.IsAccount ? person.Profile.Account.Value : person.Name.Value) { Identity = person.Identity };

    /// <summary>A network. One of a single address is written as that address.</summary>
    public static BanSubject Of(IPNetwork network) => new(BanKind.Network, NetworkText.Of(network)) { Network = network };

    /// <summary>A mask, as <see cref="UserMask"/> reads it.</summary>
    public static BanSubject OfMask(string mask) => new(BanKind.Mask, mask);

    /// <summary>Returns the subject with these parts, as they were kept; null if they are those of none.</summary>
    public static BanSubject? Restore(BanKind kind, string text, Identity identity) => kind switch
    {
        BanKind.Account when identity.IsAccount => new(kind, text) { Identity = identity },
        BanKind.Guest when !identity.IsAccount && !identity.IsUnknown => new(kind, text) { Identity = identity },
        BanKind.Network when NetworkText.TryParse(text, out var network) => Of(network),
        BanKind.Mask when text.Length > 0 => OfMask(text),
        _ => null,
    };

    /// <summary>True if this is about the same as another subject.</summary>
    public bool IsSame(BanSubject other) => Kind == other.Kind && Kind switch
    {
        BanKind.Account or BanKind.Guest => Identity == other.Identity,
        BanKind.Network => Network.Equals(other.Network),
        _ => string.Equals(Text, other.Text, StringComparison.OrdinalIgnoreCase),
    };

    /// <summary>True if a user is the subject, as far as it is known without its address.</summary>
    public bool Matches(in Actor user) => Kind switch
    {
        BanKind.Account or BanKind.Guest => Identity == user.Identity,
        BanKind.Mask => UserMask.Matches(Text, user),
        _ => false,
    };

    /// <summary>True if an address belongs to the subject.</summary>
    public bool Matches(IPAddress address)
        => Kind == BanKind.Network && Network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
