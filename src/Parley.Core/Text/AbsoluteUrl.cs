using System.Diagnostics.CodeAnalysis;

namespace Parley.Core.Text;

/// <summary>Reads URLs that strangers and operators give.</summary>
public static class AbsoluteUrl
{
    /// <summary>
    /// Reads a URL with its scheme, such as <c>https://example.org/</c>; false for anything else. The framework alone takes paths of
    /// files, too, and fails with an exception over some that begin with several slashes.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Uri? url)
    {
        url = null;
        var scheme = text?.IndexOf("://", StringComparison.Ordinal) ?? -1;
#pragma warning disable RS0030 // This is the one place that looks at the scheme first.
        return scheme > 0 && Uri.CheckSchemeName(text![..scheme]) && Uri.TryCreate(text, UriKind.Absolute, out url);
#pragma warning restore RS0030
    }
}
