using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Tokens;
using Parley.Server.Posting;

namespace Parley.Server.Http;

/// <summary>Finds in history what a request had said of which nobody knows how it ended, as the server was cut off.</summary>
internal sealed class CutOffRequests(IHistoryStore? history = null)
{
    private const int PageSize = 1000;

    /// <summary>Clocks are set back now and then.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    /// <summary>The messages that were said for its lines; null for those that were not.</summary>
    /// <param name="token">Whose request.</param>
    /// <param name="key">Its key.</param>
    /// <param name="begun">When it was begun, UTC.</param>
    /// <param name="author">In whose name it speaks.</param>
    /// <param name="room">Where.</param>
    /// <param name="lines">How many lines it has.</param>
    /// <exception cref="HistoryException">History cannot be read.</exception>
    public async Task<PostedMessage?[]> FindAsync(
        AccessToken token, string key, DateTimeOffset begun, UserName author, RoomName room, int lines)
    {
        var found = new PostedMessage?[lines];
        if (history is null)
        {
            return found;
        }

        byte[][] tags = [.. Enumerable.Range(0, lines).Select(line => RequestTag.Of(token, key, line))];
        await FindAsync(history, tags, begun - Slack, author, room, found);

        // Where the room was given another name since, what was said is there.
        foreach (var name in await history.LaterNamesAsync(room, begun - Slack))
        {
            await FindAsync(history, tags, begun - Slack, author, name, found);
        }

        return found;
    }

    private static async Task FindAsync(IHistoryStore history, byte[][] tags, DateTimeOffset since, UserName author, RoomName room, PostedMessage?[] found)
    {
        var formerNames = await history.FormerNamesAsync(room);
        var query = new HistoryQuery(room) { Author = author, Since = since, Oldest = true, Limit = PageSize, Life = RoomLife.All };
        while (true)
        {
            var page = await history.ReadAsync(query);
            foreach (var entry in page)
            {
                if (Array.FindIndex(tags, tag => Has(entry.Tags.Span, tag)) is >= 0 and var line)
                {
                    // Its id is that of the name under which it was said.
                    found[line] = PostedMessage.Of(entry with { FormerRoom = formerNames.At(entry.Number) });
                }
            }

            if (page.Count < PageSize)
            {
                return;
            }

            query = query with { After = page[^1].Number };
        }
    }

    /// <summary>True if a tag is among those of a message, which has others, too: that its author is a program.</summary>
    private static bool Has(ReadOnlySpan<byte> tags, ReadOnlySpan<byte> tag)
    {
        foreach (var range in tags.Split((byte)';'))
        {
            if (tags[range].SequenceEqual(tag))
            {
                return true;
            }
        }

        return false;
    }
}
