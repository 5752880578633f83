namespace Parley.Server.Irc.Services;

/// <summary>The services there are.</summary>
internal static class IrcServices
{
    private static readonly IrcService[] All = [new ChanServ(), new NickServ()];

    /// <summary>The service of that name, in any case; null if there is none.</summary>
    public static IrcService? Find(string name)
        => Array.Find(All, service => string.Equals(service.Name, name, StringComparison.OrdinalIgnoreCase));
}
