using Parley.Server.Irc.AuthTokens;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Accounts;

/// <summary>Tells clients that the services outside of the server have changed (https://github.com/ircv3/ircv3-specifications/pull/602).</summary>
internal static class ServiceNews
{
    /// <summary>Tells those who have negotiated the capability what is new, what is elsewhere now, and what is gone.</summary>
    public static void Tell(IrcClientDirectory clients, OutsideServices before, OutsideServices after)
    {
        string[] news =
        [
            .. before.All.Where(each => after.Find(each.Name) is null).Select(each => $"TOKEN DEL {each.Name}"),
            .. after.All.Where(each => before.Find(each.Name)?.Url is not { } url || !string.Equals(url, each.Url, StringComparison.Ordinal)).Select(each => $"TOKEN NEW {each.Name} {each.Url}"),
        ];
        foreach (var client in clients.All().Where(client => client.Has(IrcCapabilities.AuthToken)))
        {
            foreach (var line in news)
            {
                client.Push($":{client.Context.ServerName} {line}");
            }
        }
    }
}
