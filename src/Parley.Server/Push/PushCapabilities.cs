using Parley.Server.Irc.Wire;

namespace Parley.Server.Push;

/// <summary>The capabilities that change what a client is pushed, in the form in which they are kept: their names with spaces between.</summary>
internal static class PushCapabilities
{
    private static readonly (string Name, IrcCapabilities Flag)[] OfMessages =
    [
        ("account-tag", IrcCapabilities.AccountTag),
        ("message-tags", IrcCapabilities.MessageTags),
        ("server-time", IrcCapabilities.ServerTime),
    ];

    public static string Write(IrcCapabilities capabilities)
        => string.Join(' ', OfMessages.Where(each => capabilities.HasFlag(each.Flag)).Select(each => each.Name));

    public static IrcCapabilities Read(string names)
    {
        var known = names.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return OfMessages.Where(each => known.Contains(each.Name)).Aggregate(IrcCapabilities.None, (all, each) => all | each.Flag);
    }
}
