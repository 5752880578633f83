using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Server;

/// <summary><c>HELP [command]</c>, or <c>HELPOP</c>: which commands there are, and what one does (https://modern.ircdocs.horse/#help-message).</summary>
/// <param name="word">The command, in capitals.</param>
/// <param name="summary">What it does.</param>
/// <param name="commands">Returns the commands there are.</param>
internal sealed class HelpCommand(string word, string summary, Func<IrcCommandSet> commands) : IrcCommand(word, "[command]", summary)
{
    public override ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        var topic = request[0].ToUpperInvariant();
        if (topic.Length == 0)
        {
            Write(session, "*", "Commands", [.. IrcLists.Pack(commands().All.Select(command => command.Word), maxBytes: 70)], "HELP command says what one does");
        }
        else if (commands().Find(topic) is { } command)
        {
            Write(session, topic, command.Usage, [command.Summary], "End of HELP");
        }
        else
        {
            var subject = topic.Contains(' ', StringComparison.Ordinal) || topic[0] == ':' ? "*" : topic;
            session.Numeric(IrcNumeric.ERR_HELPNOTFOUND, $"{subject} :There is no help about this: HELP lists the commands");
        }

        return new(true);
    }

    private static void Write(IrcSession session, string topic, string first, IReadOnlyList<string> lines, string last)
    {
        session.Numeric(IrcNumeric.RPL_HELPSTART, $"{topic} :{first}");
        session.Numeric(IrcNumeric.RPL_HELPTXT, $"{topic} :");
        foreach (var line in lines)
        {
            session.Numeric(IrcNumeric.RPL_HELPTXT, $"{topic} :{line}");
        }

        session.Numeric(IrcNumeric.RPL_ENDOFHELP, $"{topic} :{last}");
    }
}
