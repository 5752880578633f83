using System.Globalization;
using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Server.Irc.Channels;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Operators;

/// <summary><c>AUDIT [count]</c>: the last decisions of moderators and operators, for operators.</summary>
internal sealed class AuditCommand() : IrcCommand(
    "AUDIT", "[count]", "shows the last decisions of moderators and operators (operators of the server)", right: ServerRights.Audit)
{
    private const int Default = 20;
    private const int Most = 200;

    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        var count = Default;
        if (request.Count > 0 && !(int.TryParse(request[0], NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is > 0 and <= Most))
        {
            session.Fail(Word, "INVALID_PARAMS", $"Give a number from 1 to {Most}", request[0]);
            return true;
        }

        try
        {
            var entries = await session.Context.Audit.ReadAsync(count, since: null, cancellationToken);
            foreach (var entry in entries)
            {
                var who = entry.Account == 0 ? entry.Actor : $"{entry.Actor} (account)";
                var parts = new[] { entry.Action, entry.Room.Length == 0 ? "" : "#" + entry.Room, entry.Subject }.Where(part => part.Length > 0);
                IrcBanLists.Notice(session, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{entry.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC {who}: {string.Join(' ', parts)}{(entry.Reason.Length == 0 ? "" : " - " + entry.Reason)}"));
            }

            IrcBanLists.Notice(session, $"{entries.Count} decisions");
        }
        catch (AccountStoreException e)
        {
            session.Fail(Word, "TEMPORARILY_UNAVAILABLE", $"The audit cannot be read now: {e.Message}");
        }

        return true;
    }
}
