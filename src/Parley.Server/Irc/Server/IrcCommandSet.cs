using Parley.Server.Irc.Sessions;

namespace Parley.Server.Irc.Server;

/// <summary>Commands that clients may send, found by their words.</summary>
/// <param name="all">The commands, in the order of <c>HELP</c>.</param>
internal sealed class IrcCommandSet(IReadOnlyList<IrcCommand> all)
{
    private readonly Dictionary<string, IrcCommand> _byWord = all.ToDictionary(command => command.Word, StringComparer.Ordinal);

    public IReadOnlyList<IrcCommand> All { get; } = all;

    /// <summary>The command of that word, in capitals; null if there is none.</summary>
    public IrcCommand? Find(string word) => _byWord.GetValueOrDefault(word);
}
