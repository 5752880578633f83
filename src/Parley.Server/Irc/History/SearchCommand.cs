using System.Text;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Text;
using Parley.Protocol.Irc;
using Parley.Protocol.Values;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.History;

/// <summary>
/// <c>SEARCH in=#room;from=nick;text=words;after=…;before=…;limit=n</c>: finds messages, in the room, in the conversation, or
/// in all rooms that the client is in (https://soju.im/search). Besides times, <c>after</c> and <c>before</c> take <c>msgid=id</c>.
/// </summary>
internal sealed class SearchCommand() : IrcCommand("SEARCH", "[conditions]", "finds what was said before")
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        if (!session.Has(IrcCapabilities.Search) || !session.Context.Broker.KeepsHistory)
        {
            session.Numeric(IrcNumeric.ERR_UNKNOWNCOMMAND, $"{Word} :Unknown command");
            return true;
        }

        if (Parse(session, request[0], out var search) is { } wrong)
        {
            session.Fail(Word, "INVALID_PARAMS", "Search for in=, from=, text=, after=, before=, limit=, with ; between", wrong);
            return true;
        }

        try
        {
            if (!await session.TakesMoreAsync(cancellationToken))
            {
                return true;
            }

            if (await search.PlaceAsync(session, cancellationToken) is not { } placed)
            {
                session.Fail(Word, "INVALID_PARAMS", "There is no such message there, try a time; in= has to name its channel or nick", search.BeforeId is null ? "after" : "before");
                return true;
            }

            if (await placed.FindAsync(session, cancellationToken) is not { } found)
            {
                session.Fail(Word, "INVALID_PARAMS", "You can search channels that you are in, and what you and a nick have told each other", "in");
                return true;
            }

            session.Batch("soju.im/search", (batch, output) =>
            {
                foreach (var entry in found)
                {
                    IrcPast.Write(session.Events, entry, batch, output);
                }
            });
        }
        catch (HistoryException)
        {
            session.Fail(Word, "INTERNAL_ERROR", "The search could not be run");
        }

        return true;
    }

    /// <summary>Null; or the first attribute that makes no sense.</summary>
    private static string? Parse(IrcSession session, string attributes, out MessageSearch search)
    {
        var page = session.Context.Options.HistoryPage;
        search = new MessageSearch { Limit = page };
        foreach (var attribute in new IrcTags(Encoding.UTF8.GetBytes(attributes)))
        {
            var (key, value) = (Encoding.UTF8.GetString(attribute.Key), IrcTagValue.Unescape(attribute.RawValue));
            var time = default(DateTimeOffset);
            var author = default(UserName);
            var limit = 0;
            var isRight = key switch
            {
                "in" or "text" => value.Length > 0,
                "from" => UserName.TryParse(value, out author),
                "after" or "before" => IdOf(value) is not null || IrcServerTime.TryParse(value, out time),
                "limit" => (limit = CountText.Of(value) ?? 0) > 0,
                _ => false,
            };
            if (!isRight)
            {
                return IrcTexts.Word(key);
            }

            search = key switch
            {
                "in" => search with { In = value },
                "text" => search with { Text = value },
                "from" => search with { From = author },
                "after" when IdOf(value) is { } id => search with { AfterId = id },
                "before" when IdOf(value) is { } id => search with { BeforeId = id },
                "after" => search with { Since = time },

                // At or before, in milliseconds.
                "before" => search with { Until = ClientTime.From(time).Behind() },
                _ => search with { Limit = Math.Min(limit, page), IsLimited = true },
            };
        }

        return search == new MessageSearch { Limit = page } ? "*" : null;
    }

    private static string? IdOf(string value)
        => value.StartsWith(HistoryReference.IdPrefix, StringComparison.Ordinal) ? value[HistoryReference.IdPrefix.Length..] : null;
}
