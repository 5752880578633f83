namespace Parley.Net;

/// <summary>Checks whether a name may be looked up.</summary>
internal static class HostName
{
    /// <summary>Returns the error in a name, in words that tell what to write instead; null if the name is valid.</summary>
    public static string? ErrorIn(string name)
    {
        // A lone number or two with a dot would be taken for an address that nobody means.
        bool isNumber = name.Length > 0 && name.All(c => char.IsAsciiDigit(c) || c == '.');
        return isNumber || Uri.CheckHostName(name) is UriHostNameType.Unknown or UriHostNameType.IPv6
            ? $"'{name}' is not a host name or an address"
            : null;
    }
}
