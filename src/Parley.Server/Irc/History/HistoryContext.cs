using System.Text;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.History;

// https://ircv3.net/specs/extensions/chathistory#draftchathistory-context-tag

/// <summary>Reactions, which are no messages of their own: they follow the message that they are about, and do not count.</summary>
internal static class HistoryContext
{
    private static readonly byte[] Tag = Encoding.ASCII.GetBytes("draft/chathistory-context;");

    /// <summary>The id of the message that an entry is a reaction to; null if it is none.</summary>
    public static string? ParentOf(in HistoryEntry entry)
    {
        if (entry.Kind != MessageKind.Tags)
        {
            return null;
        }

        var tags = new IrcTags(entry.Tags.Span);
        return tags.TryGet("+reply"u8, out var id) || tags.TryGet("+draft/reply"u8, out id) ? IrcTagValue.Unescape(id) : null;
    }

    /// <summary>
    /// Puts reactions behind their messages. Those that came long after a page are left out: a client that was there has seen them. Those
    /// on the page whose message is not stay where they are, for a client that catches up.
    /// </summary>
    /// <param name="target">What the history is of.</param>
    /// <param name="entries">Oldest first.</param>
    /// <param name="limit">How many entries were asked for.</param>
    /// <param name="cancellationToken">The connection is gone.</param>
    /// <exception cref="HistoryException">The store fails.</exception>
    public static async ValueTask<IReadOnlyList<HistoryEntry>> AddAsync(
        HistoryTarget target, IReadOnlyList<HistoryEntry> entries, int limit, CancellationToken cancellationToken)
    {
        if (entries.Count == 0)
        {
            return entries;
        }

        var query = new HistoryQuery(target.Room) { After = entries[0].Number, Limit = 4 * limit, Oldest = true, IncludesEvents = true };
        var reactions = entries.Concat(await target.ReadAsync(query, cancellationToken))
            .Where(entry => ParentOf(entry) is not null)
            .DistinctBy(entry => entry.Number)
            .OrderBy(entry => entry.Number)
            .ToLookup(entry => ParentOf(entry)!, StringComparer.Ordinal);
        if (reactions.Count == 0)
        {
            return entries;
        }

        var page = new List<HistoryEntry>();
        var ids = entries.Select(entry => MessageId.Of(entry)).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in entries.Where(entry => ParentOf(entry) is not { } parent || !ids.Contains(parent)))
        {
            page.Add(entry);
            page.AddRange(reactions[MessageId.Of(entry)].Select(Marked));
        }

        return page;
    }

    private static HistoryEntry Marked(HistoryEntry reaction) => reaction with { Tags = (byte[])[.. Tag, .. reaction.Tags.Span] };
}
