using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Users;

/// <summary><c>USERHOST nick{ nick}</c>: where up to five users are (https://modern.ircdocs.horse/#userhost-message).</summary>
internal sealed class UserhostCommand() : IrcCommand("USERHOST", "nick{ nick}", "says where up to five users are", minParameters: 1)
{
    private const int MaxNicks = 5;

    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        var replies = new List<string>();
        foreach (var nick in request.Parameters.Take(MaxNicks))
        {
            if (UserName.TryParse(nick, out var name) && await session.LookAsync(new FindUser(name, WithRooms: false), cancellationToken) is { Actor: var user })
            {
                var profile = user.Profile;
                replies.Add($"{user.Name.Value}{(profile.IsOperator ? "*" : "")}={(profile.Away is null ? '+' : '-')}{profile.Ident}@{profile.Host}");
            }
        }

        session.Numeric(IrcNumeric.RPL_USERHOST, $":{string.Join(' ', replies)}");
        return true;
    }
}
