namespace Parley.Net;

/// <summary>What may be asked for as a name.</summary>
internal static class HostName
{
    /// <summary>What is wrong with a name, in words that say what to write; null if nothing is.</summary>
    public static string? ErrorIn(string name)
    {
        // A lone number or two with a dot would be taken for an address that nobody means.
        bool isNumber = name.Length > 0 && name.All(c => char.IsAsciiDigit(c) || c == '.');
        return isNumber || Uri.CheckHostName(name) is UriHostNameType.Unknown or UriHostNameType.IPv6
            ? $"'{name}' is not a host name or an address"
            : null;
    }
}
