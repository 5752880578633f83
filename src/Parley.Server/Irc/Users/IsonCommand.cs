using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Users;

/// <summary><c>ISON nick{ nick}</c>: which of them are here (https://www.rfc-editor.org/rfc/rfc2812#section-4.9).</summary>
internal sealed class IsonCommand() : IrcCommand("ISON", "nick{ nick}", "says which of these users are here", minParameters: 1)
{
    /// <summary>The answer is one line, whatever the server and the client are called.</summary>
    private const int MaxBytes = 400;

    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        var here = new List<string>();
        foreach (var nick in request.Parameters.SelectMany(parameter => parameter.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            if (UserName.TryParse(nick, out var name) && await session.LookAsync(new FindUser(name, WithRooms: false), cancellationToken) is { Actor: var user })
            {
                here.Add(user.Name.Value);
            }
        }

        session.Numeric(IrcNumeric.RPL_ISON, $":{IrcLists.Pack(here, MaxBytes).FirstOrDefault()}");
        return true;
    }
}
