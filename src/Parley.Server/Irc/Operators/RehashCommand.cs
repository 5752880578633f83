using Parley.Core.Events;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Files;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;
using Parley.Server.Options;

namespace Parley.Server.Irc.Operators;

/// <summary><c>REHASH</c>: reads what is in files again: what clients are shown, the password, the operators.</summary>
internal sealed class RehashCommand() : IrcCommand("REHASH", "", "reads the server's files again (operators of the server)", right: ServerRights.Rehash)
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        var context = session.Context;
        session.Numeric(IrcNumeric.RPL_REHASHING, "motd,irc-password,operators :Rehashing");
        try
        {
            // Files are read where that keeps nobody waiting.
            context.Files = await Task.Run(() => IrcFiles.Read(context.Options), cancellationToken);
            Log.Rehashed(context.Logger, session.Nick);
            await context.Audit.RecordAsync(session.Self, "rehash");
        }
        catch (SettingsException e)
        {
            foreach (var error in e.Errors)
            {
                session.Numeric(IrcNumeric.ERR_UNKNOWNERROR, $"{Word} :Nothing has changed: {error}");
            }
        }

        return true;
    }
}
