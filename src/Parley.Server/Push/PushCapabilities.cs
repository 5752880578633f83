using Parley.Server.Irc.Registration;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Push;

/// <summary>The capabilities that change what a client is pushed, in the form in which they are kept: their names with spaces between.</summary>
internal static class PushCapabilities
{
    private const IrcCapabilities OfMessages = IrcCapabilities.MessageTags | IrcCapabilities.ServerTime | IrcCapabilities.AccountTag;

    public static string Write(IrcCapabilities capabilities)
        => string.Join(' ', IrcCapabilityTable.All.Where(each => (each.Flag & capabilities & OfMessages) != IrcCapabilities.None).Select(each => each.Name));

    public static IrcCapabilities Read(string names)
    {
        var capabilities = IrcCapabilities.None;
        foreach (var name in names.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            capabilities |= IrcCapabilityTable.TryGet(name, out var flag) ? flag : IrcCapabilities.None;
        }

        return capabilities & OfMessages;
    }
}
