using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Metadata;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Users;

/// <summary><c>MONITOR +|- nick{,nick}</c> or <c>MONITOR C|L|S</c>: is told who comes and goes (https://ircv3.net/specs/extensions/monitor).</summary>
internal sealed class MonitorCommand() : IrcCommand(
    "MONITOR", "+|- nick{,nick} | C | L | S", "has you told when somebody comes or goes", minParameters: 1)
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        switch (request[0])
        {
            case "+" when request.Count > 1:
                await AddAsync(session, IrcTexts.List(request[1]), cancellationToken);
                break;
            case "-" when request.Count > 1:
                await RemoveAsync(session, Names(IrcTexts.List(request[1])), cancellationToken);
                break;
            case "+" or "-":
                session.Numeric(IrcNumeric.ERR_NEEDMOREPARAMS, $"{Word} :Not enough parameters");
                break;
            case "C" or "c":
                await RemoveAsync(session, [.. session.Monitored], cancellationToken);
                break;
            case "L" or "l":
                session.Numerics(IrcNumeric.RPL_MONLIST, "", session.Monitored.Select(name => name.Value), ',');
                session.Numeric(IrcNumeric.RPL_ENDOFMONLIST, ":End of MONITOR list");
                break;
            case "S" or "s":
                await TellAsync(session, session.Monitored, cancellationToken);
                break;
            default:
                session.Numeric(IrcNumeric.ERR_UNKNOWNERROR, $"{Word} :Use MONITOR +, -, C, L or S");
                break;
        }

        return true;
    }

    private static async ValueTask AddAsync(IrcSession session, string[] targets, CancellationToken cancellationToken)
    {
        var added = new List<UserName>();
        foreach (var (index, name) in Names(targets).Index())
        {
            if (session.Monitored.Count >= IrcLimits.Monitored && !session.Monitored.Contains(name))
            {
                var left = string.Join(',', Names(targets).Skip(index).Where(other => !session.Monitored.Contains(other)).Select(other => other.Value));
                session.Numeric(IrcNumeric.ERR_MONLISTFULL, $"{IrcLimits.Monitored} {left} :Monitor list is full.");
                break;
            }

            if (session.Monitored.Add(name))
            {
                await session.AskAsync(new Watch(name), cancellationToken);
                added.Add(name);
            }
        }

        await TellAsync(session, added, cancellationToken);
        await MetadataSync.MonitoredAsync(session, added, cancellationToken);
    }

    private static async ValueTask RemoveAsync(IrcSession session, IEnumerable<UserName> names, CancellationToken cancellationToken)
    {
        foreach (var name in names)
        {
            if (session.Monitored.Remove(name))
            {
                await session.AskAsync(new Unwatch(name), cancellationToken);
            }
        }
    }

    private static async ValueTask TellAsync(IrcSession session, IEnumerable<UserName> names, CancellationToken cancellationToken)
    {
        List<string> online = [], offline = [];
        foreach (var name in names)
        {
            if (await session.LookAsync(new FindUser(name, WithRooms: false), cancellationToken) is { Actor: var user })
            {
                online.Add(IrcEvents.Source(user));
            }
            else
            {
                offline.Add(name.Value);
            }
        }

        session.Numerics(IrcNumeric.RPL_MONONLINE, "", online, ',');
        session.Numerics(IrcNumeric.RPL_MONOFFLINE, "", offline, ',');
    }

    /// <summary>Those that are names; others nobody can ever wear.</summary>
    private static List<UserName> Names(string[] targets)
    {
        var names = new List<UserName>();
        foreach (var target in targets)
        {
            if (UserName.TryParse(target, out var name))
            {
                names.Add(name);
            }
        }

        return names;
    }
}
