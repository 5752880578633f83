using Parley.Core.History;
using Parley.Core.Text;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.History;

/// <summary>
/// <c>CHATHISTORY LATEST|BEFORE|AFTER|AROUND target reference limit</c>, <c>BETWEEN target reference reference limit</c>,
/// <c>TARGETS timestamp timestamp limit</c>: what was said before (https://ircv3.net/specs/extensions/chathistory).
/// </summary>
internal sealed class ChatHistoryCommand() : IrcCommand("CHATHISTORY", "LATEST|BEFORE|AFTER|AROUND|BETWEEN|TARGETS ...", "shows what was said before")
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        if (!session.Has(IrcCapabilities.ChatHistory) || !session.Context.Broker.KeepsHistory)
        {
            session.Numeric(IrcNumeric.ERR_UNKNOWNCOMMAND, $"{Word} :Unknown command");
            return true;
        }

        var wanted = request[0].ToUpperInvariant();
        if (References(wanted) is not { } references)
        {
            Refuse(session, "INVALID_PARAMS", "Unknown command", IrcTexts.Word(request[0]));
        }
        else if (request.Count != (wanted == "TARGETS" ? 4 : 3 + references))
        {
            Refuse(session, "INVALID_PARAMS", request.Count < 3 + references ? "Insufficient parameters" : "Too many parameters", wanted);
        }
        else if (Limit(session, request[request.Count - 1]) is not { } limit)
        {
            Refuse(session, "INVALID_PARAMS", "The limit has to be a number above 0", wanted, IrcTexts.Word(request[request.Count - 1]));
        }
        else if (!await session.TakesMoreAsync(cancellationToken))
        {
            // Nobody is left to read it.
        }
        else if (wanted == "TARGETS")
        {
            await new HistoryTargets(session, limit).AnswerAsync(request[1], request[2], cancellationToken);
        }
        else
        {
            await AnswerAsync(session, wanted, request, limit, cancellationToken);
        }

        return true;
    }

    private static int? References(string subcommand) => subcommand switch
    {
        "LATEST" or "BEFORE" or "AFTER" or "AROUND" => 1,
        "BETWEEN" or "TARGETS" => 2,
        _ => null,
    };

    private static int? Limit(IrcSession session, string text)
        => CountText.Of(text) is > 0 and var limit ? Math.Min(limit, session.Context.Options.HistoryPage) : null;

    private static void Refuse(IrcSession session, string code, string words, params string[] context)
        => session.Fail("CHATHISTORY", code, words, string.Join(' ', context));

    private static async ValueTask AnswerAsync(
        IrcSession session, string wanted, IrcRequest request, int limit, CancellationToken cancellationToken)
    {
        if (await HistoryTarget.FindAsync(session, request[1], cancellationToken) is not { } target)
        {
            Refuse(session, "INVALID_TARGET", "Messages could not be retrieved", wanted, IrcTexts.Word(request[1]));
            return;
        }

        var places = new List<HistoryReference>();
        foreach (var text in request.Parameters[2..^1])
        {
            if (HistoryReference.Parse(text, target.NameAt, out var place) is var (code, words))
            {
                Refuse(session, code, words, wanted, target.Name, IrcTexts.Word(text));
                return;
            }

            if (place.IsEnd && wanted != "LATEST")
            {
                Refuse(session, "INVALID_PARAMS", "Only LATEST takes *", wanted, target.Name, text);
                return;
            }

            places.Add(place);
        }

        var selection = new HistorySelection(target, limit, session.Has(IrcCapabilities.EventPlayback));
        try
        {
            var page = await (wanted switch
            {
                "LATEST" => selection.LatestAsync(places[0], cancellationToken),
                "BEFORE" => selection.BeforeAsync(places[0], cancellationToken),
                "AFTER" => selection.AfterAsync(places[0], cancellationToken),
                "AROUND" => selection.AroundAsync(places[0], cancellationToken),
                _ => selection.BetweenAsync(places[0], places[1], cancellationToken),
            });
            var entries = session.Has(IrcCapabilities.MessageTags) ? await HistoryContext.AddAsync(target, page.Entries, limit, cancellationToken) : page.Entries;

            // As it was asked for: the client knows its conversations by the names it gave them.
            session.Batch(
                $"chathistory {request[1]}",
                (batch, output) =>
                {
                    foreach (var entry in entries)
                    {
                        IrcPast.Write(session.Events, entry, batch, output);
                    }
                },
                page.Tag);
        }
        catch (HistoryException)
        {
            Refuse(session, "MESSAGE_ERROR", "Messages could not be retrieved", wanted, target.Name);
        }
    }
}
