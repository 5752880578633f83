using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Modes;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Core.Rooms;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Channels;

/// <summary>Answers clients that query or change a room's modes.</summary>
internal static class IrcChannelModes
{
    public static async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        if (await session.FindRoomAsync(request[0], cancellationToken) is not { } view)
        {
            session.Accepted(Verdict.NoSuchRoom, request[0]);
            return true;
        }

        if (request.Count == 1)
        {
            session.Numeric(IrcNumeric.RPL_CHANNELMODEIS, $"#{view.Name.Value} {IrcRoomModes.Text(view)}");
            session.Numeric(IrcNumeric.RPL_CREATIONTIME, $"#{view.Name.Value} {view.Created.ToUnixTimeSeconds()}");
            return true;
        }

        var parsed = IrcModeParser.Parse(request[1], request.Parameters[2..], IrcRoomModes.Classes);
        var wanted = new List<RoomModeChange>();
        foreach (var change in parsed)
        {
            Read(session, request[0], change, wanted);
        }

        if (wanted.Count > 0)
        {
            session.AnswersFollow();
            await ChangeAsync(session, view.Name, wanted, cancellationToken);
        }

        foreach (var query in parsed.Where(change => change.Kind == IrcModeChangeKind.Query))
        {
            TellList(session, view, IrcRoomModes.ModeOf(query.Mode).Mode);
        }

        return true;
    }

    private static void Read(IrcSession session, string channel, IrcModeChange change, List<RoomModeChange> wanted)
    {
        switch (change.Kind)
        {
            case IrcModeChangeKind.Unknown:
                session.Numeric(IrcNumeric.ERR_UNKNOWNMODE, $"{IrcTexts.Word(change.Mode.ToString())} :is unknown mode char to me");
                break;
            case IrcModeChangeKind.MissingArgument:
                session.Numeric(IrcNumeric.ERR_INVALIDMODEPARAM, $"{channel} {change.Mode} * :It needs an argument");
                break;
            case IrcModeChangeKind.Change when IrcRoomModes.ModeOf(change.Mode).Mode == RoomMode.Registered:
                session.Numeric(IrcNumeric.ERR_INVALIDMODEPARAM, $"{channel} {change.Mode} * :Register the channel with /msg ChanServ REGISTER {channel}, or end that with UNREGISTER");
                break;
            case IrcModeChangeKind.Change when change.Argument?.Contains(' ', StringComparison.Ordinal) == true:
                session.Numeric(IrcNumeric.ERR_INVALIDMODEPARAM, $"{channel} {change.Mode} * :An argument is one word");
                break;
            case IrcModeChangeKind.Change:
                if (IrcModeArgument.TryRead(change, out var read, out var problem))
                {
                    wanted.Add(read);
                    break;
                }

                // A key that is refused is one all the same, and may be in use elsewhere.
                var shown = IrcRoomModes.ModeOf(change.Mode).Kind == RoomModeKind.Key ? "*" : IrcTexts.Word(change.Argument ?? "");
                session.Numeric(IrcNumeric.ERR_INVALIDMODEPARAM, $"{channel} {change.Mode} {shown} :{problem}");
                break;
        }
    }

    /// <summary>Has modes changed, and tells what was refused.</summary>
    public static async ValueTask ChangeAsync(IrcSession session, RoomName room, IReadOnlyList<RoomModeChange> wanted, CancellationToken cancellationToken)
    {
        var channel = $"#{room.Value}";
        if ((await session.Broker.AskAsync(session.Session.Id, new ChangeModes(room, wanted), cancellationToken)).Modes is not { } result)
        {
            session.Accepted(Verdict.NoSuchRoom, channel);
            return;
        }

        // What is refused for who asks is refused once, however many letters there were.
        foreach (var why in result.Refused.Select(refused => refused.Why).Where(why => why is Verdict.NotInRoom or Verdict.NotOperator or Verdict.NotFounder or Verdict.NoSuchRoom or Verdict.RegistryFails).Distinct())
        {
            session.Accepted(why, channel);
        }

        foreach (var (change, why) in result.Refused.Where(refused => refused.Why is Verdict.NoSuchAccount or Verdict.AccountsFail))
        {
            session.Numeric(
                IrcNumeric.ERR_INVALIDMODEPARAM,
                $"{channel} {IrcRoomModes.LetterOf(change.Mode)} {change.Argument} :{(why == Verdict.NoSuchAccount ? "There is no such account" : "Accounts cannot be looked up now, try again later")}");
        }

        foreach (var letter in result.Refused.Where(refused => refused.Why == Verdict.ListFull).Select(refused => IrcRoomModes.LetterOf(refused.Change.Mode)).Distinct())
        {
            session.Numeric(IrcNumeric.ERR_BANLISTFULL, $"{channel} {letter} :Channel list is full");
        }

        foreach (var nick in result.Refused.Where(refused => refused.Why == Verdict.TargetNotInRoom).Select(refused => refused.Change.Argument!).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var isHere = UserName.TryParse(nick, out var name) && await session.LookAsync(new FindUser(name), cancellationToken) is not null;
            session.Accepted(isHere ? Verdict.TargetNotInRoom : Verdict.NotHere, isHere ? $"{nick} {channel}" : nick);
        }
    }

    private static void TellList(IrcSession session, RoomView view, RoomMode list)
    {
        var (entry, end, words) = list switch
        {
            RoomMode.Ban => (IrcNumeric.RPL_BANLIST, IrcNumeric.RPL_ENDOFBANLIST, "End of channel ban list"),
            RoomMode.Filter => (IrcNumeric.RPL_SPAMFILTER, IrcNumeric.RPL_ENDOFSPAMFILTER, "End of channel word filter"),
            RoomMode.BanException => (IrcNumeric.RPL_EXCEPTLIST, IrcNumeric.RPL_ENDOFEXCEPTLIST, "End of channel exception list"),
            _ => (IrcNumeric.RPL_INVEXLIST, IrcNumeric.RPL_ENDOFINVEXLIST, "End of channel invite exception list"),
        };
        var channel = $"#{view.Name.Value}";
        foreach (var mask in view.Masks(list).Where(mask => !mask.IsOverAt(session.Context.Time.GetUtcNow())))
        {
            session.Numeric(entry, $"{channel} {mask.Mask} {mask.SetBy} {mask.Time.ToUnixTimeSeconds()}");
        }

        session.Numeric(end, $"{channel} :{words}");
    }
}
