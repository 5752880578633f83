using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Operators;

/// <summary><c>KILL nick comment</c>: ends somebody's connections (https://modern.ircdocs.horse/#kill-message).</summary>
internal sealed class KillCommand() : IrcCommand(
    "KILL", "nick reason", "ends somebody's connections (operators of the server)", minParameters: 2, right: ServerRights.Kill)
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        var comment = IrcTexts.Cut(request[1], IrcLimits.Kick);
        if (!UserName.TryParse(request[0], out var name) || await session.LookAsync(new FindUser(name), cancellationToken) is not { Actor: var victim })
        {
            session.Numeric(IrcNumeric.ERR_NOSUCHNICK, $"{request[0].Split(' ')[0]} :No such nick/channel");
            return true;
        }

        Log.Killed(session.Context.Logger, session.Nick, victim.Name.Value, comment);
        foreach (var client in session.Context.Clients.All(victim.UserId))
        {
            client.Push($":{IrcEvents.Source(session.Self)} KILL {victim.Name.Value} :{comment}");
        }

        await session.AskAsync(new Disconnect(name, $"Killed ({session.Nick} ({comment}))"), cancellationToken);
        return true;
    }
}
