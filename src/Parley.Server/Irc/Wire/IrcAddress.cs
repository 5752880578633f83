using System.Net;

namespace Parley.Server.Irc.Wire;

/// <summary>Addresses in numerics.</summary>
internal static class IrcAddress
{
    /// <summary>Address that is shown in place of one that nobody is to know, or where there is none.</summary>
    public const string Hidden = "255.255.255.255";

    /// <summary>An address as a parameter that is not the last: one that begins with a colon would be read as if it were.</summary>
    public static string Text(IPAddress? address)
    {
        var text = (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString() ?? Hidden;
        return text is [':', ..] ? $"0{text}" : text;
    }
}
