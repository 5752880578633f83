using System.Globalization;
using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Users;

/// <summary><c>WHO [mask] [o][%fields[,token]]</c>: who is there (https://modern.ircdocs.horse/#who-message, https://ircv3.net/specs/extensions/whox).</summary>
internal sealed class WhoCommand() : IrcCommand("WHO", "[mask|#room] [o][%fields[,token]]", "lists users")
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        var mask = request[0].Length == 0 ? "*" : request[0].Split(' ')[0];
        var query = IrcWhoQuery.Parse(request[1]);
        var search = new IrcWhoSearch(session, mask);
        var shown = 0;
        await session.AnswerInSlicesAsync(
            async token =>
            {
                foreach (var row in (await search.NextAsync(token)).Where(row => query.Admits(row.User)))
                {
                    if (shown == IrcWhoSearch.MaxFound)
                    {
                        session.Numeric(IrcNumeric.ERR_TOOMANYMATCHES, $"WHO {mask} :Only the first {IrcWhoSearch.MaxFound} are shown, ask for fewer");
                        return false;
                    }

                    shown++;
                    if (query.Fields is null)
                    {
                        Write(session, row);
                    }
                    else
                    {
                        session.Numeric(IrcNumeric.RPL_WHOSPCRPL, string.Join(' ', await FieldsAsync(session, query, row, token)));
                    }
                }

                return !search.IsAtEnd;
            },
            cancellationToken);
        session.Numeric(IrcNumeric.RPL_ENDOFWHO, $"{mask} :End of WHO list");
        return true;
    }

    private static void Write(IrcSession session, in IrcWhoRow row)
    {
        var (nick, profile) = (row.User.Name.Value, row.User.Profile);
        var flags = row.Flags(session.Has(IrcCapabilities.MultiPrefix));
        session.Numeric(
            IrcNumeric.RPL_WHOREPLY,
            $"{row.Channel} {profile.Ident} {profile.Host} {session.Context.ServerName} {nick} {flags} :0 {IrcEvents.RealName(row.User)}");
    }

    /// <summary>Returns the fields that were asked for, in the order that the specification gives, whatever their order in the query.</summary>
    private static async ValueTask<List<string>> FieldsAsync(IrcSession session, IrcWhoQuery query, IrcWhoRow row, CancellationToken cancellationToken)
    {
        var (user, profile) = (row.User, row.User.Profile);
        var fields = new List<string>();
        foreach (var field in "tcuihsnfdlaor".Where(query.Has))
        {
            fields.Add(field switch
            {
                't' => query.Token,
                'c' => row.Channel,
                'u' => profile.Ident,
                'i' => Address(session, user.UserId),
                'h' => profile.Host,
                's' => session.Context.ServerName,
                'n' => user.Name.Value,
                'f' => row.Flags(session.Has(IrcCapabilities.MultiPrefix)),
                'd' => "0",
                'l' => await IdleAsync(session, user.Name, cancellationToken),
                'a' => profile.Account.IsEmpty ? "0" : profile.Account.Value,
                'o' => "n/a",
                _ => $":{IrcEvents.RealName(user)}",
            });
        }

        return fields;
    }

    private static string Address(IrcSession session, long userId)
        => userId == session.Self.UserId || session.Self.Profile.May(ServerRights.SeeAddresses)
            ? IrcAddress.Text(session.Context.Clients.Find(userId)?.Peer.Address)
            : IrcAddress.Hidden;

    private static async ValueTask<string> IdleAsync(IrcSession session, UserName name, CancellationToken cancellationToken)
    {
        var user = await session.LookAsync(new FindUser(name, WithRooms: false), cancellationToken);
        var idle = user is null ? TimeSpan.Zero : session.Context.Time.GetUtcNow() - user.LastSpoke;
        return Math.Floor(idle.TotalSeconds).ToString(CultureInfo.InvariantCulture);
    }
}
