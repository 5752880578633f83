using Parley.Core.Accounts;
using Parley.Core.History;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Server.Irc.Marks;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.History;

/// <summary><c>MARKREAD target [timestamp=…]</c>: how far the user has read there (https://ircv3.net/specs/extensions/read-marker).</summary>
internal sealed class MarkReadCommand() : IrcCommand("MARKREAD", "target [timestamp=...]", "says or asks up to where you have read")
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        var target = request[0];
        if (target.Length == 0)
        {
            session.Fail(Word, "NEED_MORE_PARAMS", "Missing parameters");
            return true;
        }

        if (!IrcChannel.TryParse(target, out _) && !UserName.TryParse(target, out _))
        {
            session.Fail(Word, "INVALID_PARAMS", "That is neither a channel nor a nick", IrcTexts.Word(target));
            return true;
        }

        try
        {
            await (request.Count == 1 ? GetAsync(session, target, cancellationToken) : SetAsync(session, target, request[1], cancellationToken));
        }
        catch (AccountStoreException)
        {
            session.Fail(Word, "INTERNAL_ERROR", "The read timestamp cannot be kept or read at the moment", target);
        }

        return true;
    }

    private static async ValueTask GetAsync(IrcSession session, string target, CancellationToken cancellationToken)
    {
        var formerNames = await FormerNamesAsync(session, target, cancellationToken);
        session.Line(ReadMarkers.Line(target, await session.Context.ReadMarkers.GetAsync(session.Session.User!, target, formerNames, cancellationToken)));
    }

    private static async ValueTask<IReadOnlyList<FormerName>> FormerNamesAsync(IrcSession session, string target, CancellationToken cancellationToken)
        => IrcChannel.TryParse(target, out var room) ? await session.LookAsync(new FindFormerNames(room), cancellationToken) : [];

    private async ValueTask SetAsync(IrcSession session, string target, string timestamp, CancellationToken cancellationToken)
    {
        if (!HistoryReference.TryParseTime(timestamp, out var time))
        {
            session.Fail(Word, "INVALID_PARAMS", "Give timestamp=YYYY-MM-DDThh:mm:ss.sssZ", IrcTexts.Word(timestamp));
            return;
        }

        // Nobody has read what is to come.
        var now = session.Context.Time.GetUtcNow();
        var read = time < now ? time : now;
        var formerNames = await FormerNamesAsync(session, target, cancellationToken);
        if (await session.Context.ReadMarkers.SetAsync(session.Session.User!, target, read, formerNames, cancellationToken) is not var (marked, isNew))
        {
            session.Fail(Word, "INTERNAL_ERROR", "You have marked as many channels and nicks as you may", target);
            return;
        }

        session.Line(ReadMarkers.Line(target, marked));
        if (isNew)
        {
            await session.AskAsync(new ShareReadMarker(target, marked), cancellationToken);
        }
    }
}
