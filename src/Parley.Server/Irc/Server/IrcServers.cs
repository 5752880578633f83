using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;

namespace Parley.Server.Irc.Server;

/// <summary>Questions to a server: there is this one, and everybody is on it.</summary>
internal static class IrcServers
{
    /// <summary>True if a question is for this server: one that names none, its name, a mask of it, or anybody who is here. Else says that there is no such server.</summary>
    public static async ValueTask<bool> IsForUsAsync(IrcSession session, string target, CancellationToken cancellationToken)
    {
        if (target.Length == 0
            || Glob.Matches(target, session.Context.ServerName)
            || (UserName.TryParse(target, out var user) && await session.LookAsync(new FindUser(user), cancellationToken) is not null))
        {
            return true;
        }

        session.Numeric(IrcNumeric.ERR_NOSUCHSERVER, $"{target.Split(' ')[0]} :No such server");
        return false;
    }
}
