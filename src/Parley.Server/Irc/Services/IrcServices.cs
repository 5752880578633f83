namespace Parley.Server.Irc.Services;

/// <summary>The services there are.</summary>
internal static class IrcServices
{
    private static readonly IrcService[] All = [new ChanServ(), new NickServ()];

    /// <summary>True if a text is about a forgotten password, without which somebody may not get as far as to be registered.</summary>
    public static bool IsBeforeRegistration(string text) => text.TrimStart().Split(' ')[0].ToUpperInvariant() is "SENDPASS" or "RESETPASS";

    /// <summary>The service of that name, in any case; null if there is none.</summary>
    public static IrcService? Find(string name)
        => Array.Find(All, service => string.Equals(service.Name, name, StringComparison.OrdinalIgnoreCase));
}
