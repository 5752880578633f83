namespace Parley.Server.Options;

/// <summary>Values of settings as they are shown: without passwords in addresses.</summary>
internal static class SecretText
{
    /// <summary>The value; of <c>scheme://user:password@host</c> with stars in the place of the password.</summary>
    public static string Shown(string value)
    {
        var start = value.IndexOf("://", StringComparison.Ordinal) + 3;
        if (start < 3)
        {
            return value;
        }

        var authority = value.AsSpan(start);
        authority = authority.IndexOfAny('/', '?', '#') is >= 0 and var end ? authority[..end] : authority;
        var (colon, host) = (authority.IndexOf(':'), authority.LastIndexOf('@'));
        return colon >= 0 && colon < host ? $"{value[..(start + colon + 1)]}***{value[(start + host)..]}" : value;
    }
}
