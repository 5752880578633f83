using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Parley.Server.Http;

/// <summary>Names browsers for the people who use them: <c>Firefox on Linux</c>.</summary>
internal static class DeviceName
{
    // Browsers claim to be those that came before them, so the younger ones are looked for first.
    private static readonly (string Mark, string Name)[] Browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Mark, string Name)[] Systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    /// <summary>A name for the browser that asks.</summary>
    public static string Of(HttpRequest request)
    {
        var agent = request.Headers[HeaderNames.UserAgent].ToString();
        var (browser, system) = (Find(Browsers, agent), Find(Systems, agent));
        return (browser, system) switch
        {
            ("", "") => "A browser",
            ("", _) => $"A browser on {system}",
            (_, "") => browser,
            _ => $"{browser} on {system}",
        };
    }

    private static string Find((string Mark, string Name)[] known, string agent)
        => Array.Find(known, each => agent.Contains(each.Mark, StringComparison.Ordinal)).Name ?? "";
}
