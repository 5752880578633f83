using Npgsql;
using NpgsqlTypes;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Search;
using Parley.Storage.PostgreSql.Schema;

namespace Parley.Storage.PostgreSql.Reading;

/// <summary>Reads history, over any connection of a pool.</summary>
internal sealed class HistoryReader(NpgsqlDataSource database)
{
    /// <summary>Maximum number of messages that one search examines.</summary>
    private const int MaxExamined = 20_000;

    /// <summary>As <see cref="RoomLife.MayRead"/> has it.</summary>
    private const string ReadableLife = "(m.life IS NULL OR m.life = @life OR @life = -1)";

    private const string From = "FROM message AS m JOIN room AS r ON r.id = m.room";

    private readonly TimeFinder _times = new(database);

    public async Task<long> LastNumberAsync(RoomName room, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT last_number FROM room WHERE key = @key");
        command.Parameters.AddWithValue("key", Names.KeyOf(room) ?? "");
        return await command.ExecuteScalarAsync(cancellationToken) is long last ? last : 0;
    }

    public async Task<IReadOnlyList<FormerName>> FormerNamesAsync(RoomName room, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"SELECT {MessageColumns.All} {From} WHERE r.key = @key AND m.kind = 24 ORDER BY m.number");
        command.Parameters.AddWithValue("key", Names.KeyOf(room) ?? "");
        var names = new List<FormerName>();
        foreach (var entry in await ReadAllAsync(command, cancellationToken))
        {
            if (EventEntry.TryReadRenaming(entry, out var oldName, out _))
            {
                names.Add(new FormerName(oldName, entry.Number, entry.Time));
            }
        }

        return names;
    }

    public async Task<IReadOnlyList<RoomName>> LaterNamesAsync(RoomName formerName, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"SELECT {MessageColumns.All} {From} WHERE m.kind = 24 AND m.time >= @since AND position(chr(10) in r.key) = 0");
        command.Parameters.AddWithValue("since", StoredTime.Of(since));
        return [.. from entry in await ReadAllAsync(command, cancellationToken)
            where !entry.Room.IsEmpty && EventEntry.TryReadRenaming(entry, out var oldName, out _) && oldName == formerName
            group entry by entry.Room into room
            select room.Key];
    }

    public async Task<DateTimeOffset?> LastTimeAsync(RoomName room, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"SELECT m.time {From} WHERE r.key = @key ORDER BY m.number DESC LIMIT 1");
        command.Parameters.AddWithValue("key", Names.KeyOf(room) ?? "");
        return await command.ExecuteScalarAsync(cancellationToken) is long time ? StoredTime.ToTime(time) : null;
    }

    public async Task<IReadOnlyList<HistoryEntry>> ReadAsync(HistoryQuery query, CancellationToken cancellationToken)
    {
        if (query.Room.IsEmpty || await RoomAsync(query.Room, cancellationToken) is not { } room)
        {
            return [];
        }

        return await PageAsync(room, "", static _ => { }, query, cancellationToken);
    }

    public async Task<IReadOnlyList<HistoryEntry>> ReadDirectAsync(
        DirectReader reader, Correspondent other, HistoryQuery query, CancellationToken cancellationToken)
    {
        return await PageAsync(
            0,
            $"""
            AND (({OwnAuthor} AND (m.recipient_key = @other OR m.recipient_id = @other_id))
                OR ({OwnRecipient} AND (m.author_key = @other OR m.author_id = @other_id)))
            """,
            command =>
            {
                AddReader(command, reader);
                command.Parameters.AddWithValue("other", Names.KeyOf(other.Name) ?? "");
                command.Parameters.AddWithValue("other_id", other.Id.IsUnknown ? 0 : other.Id.Value);
            },
            query,
            cancellationToken);
    }

    public async Task<IReadOnlyList<Conversation>> ConversationsAsync(DirectReader reader, HistoryQuery query, CancellationToken cancellationToken)
    {
        // Of each end the last message, and of those the ones that are meant.
        await using var command = database.CreateCommand(
            $"""
            SELECT {MessageColumns.All} FROM (
                SELECT DISTINCT ON (other_end) * FROM (
                    SELECT *, CASE WHEN own THEN CASE WHEN recipient_id > 0 THEN '=' || recipient_id ELSE recipient_key END
                        ELSE CASE WHEN author_id > 0 THEN '=' || author_id ELSE author_key END END AS other_end
                    FROM (SELECT m.*, coalesce({OwnAuthor}, false) AS own FROM message AS m
                          WHERE m.room = 0 AND m.kind <= @kind AND ({OwnAuthor} OR {OwnRecipient})) AS all_own) AS by_end
                ORDER BY other_end, number DESC) AS m JOIN room AS r ON r.id = m.room
            WHERE m.time >= @since AND m.time < @until
            ORDER BY m.time {(query.Oldest ? "ASC" : "DESC")} LIMIT @limit
            """);
        AddReader(command, reader);
        command.Parameters.AddWithValue("kind", (short)HistoryKinds.LastWithWords);
        command.Parameters.AddWithValue("since", query.Since is { } since ? StoredTime.Of(since) : long.MinValue);
        command.Parameters.AddWithValue("until", query.Until is { } until ? StoredTime.Of(until) : long.MaxValue);
        command.Parameters.AddWithValue("limit", Math.Max(0, query.Limit));
        var last = await ReadAllAsync(command, cancellationToken);
        return query.Choose(Conversation.Latest(reader, last), conversation => conversation.LastTime);
    }

    public async Task<SearchPage> SearchAsync(HistorySearch search, CancellationToken cancellationToken)
    {
        var words = SearchWords.Parse(search.Words);
        if (search.Room.IsEmpty || search.Limit <= 0 || (words.Words.Count == 0 && search.Author.IsEmpty)
            || await RoomAsync(search.Room, cancellationToken) is not { } room)
        {
            return SearchPage.Empty;
        }

        var query = new HistoryQuery(search.Room) { After = search.After, Before = search.Before, Since = search.Since, Until = search.Until };
        if (await _times.RangesAsync(room, query, cancellationToken) is not { Count: > 0 } ranges)
        {
            return SearchPage.Empty;
        }

        var (after, before) = (ranges[0].After, ranges[^1].Before);
        var terms = Lexemes.Query(words, search.Author);
        var found = new List<HistoryEntry>();
        for (var examined = 0; examined < MaxExamined;)
        {
            // Most of what has the terms matches. Pieces grow, so that a page costs little, and one that is hard to find little more.
            var wanted = Math.Min(Math.Max(search.Limit, 2 * examined), MaxExamined - examined);
            var piece = await CandidatesAsync(room, after, before, terms, search.Life, search.Oldest, wanted, cancellationToken);
            foreach (var entry in piece)
            {
                if ((search.Author.IsEmpty || entry.Author == search.Author) && !(entry.Time < search.Since) && !(entry.Time >= search.Until) && words.AreIn(entry.Text.Span))
                {
                    found.Add(entry);
                }

                if (found.Count == search.Limit)
                {
                    return new SearchPage(found);
                }
            }

            if (piece.Count < wanted)
            {
                return new SearchPage(found);
            }

            examined += piece.Count;
            (after, before) = search.Oldest ? (piece[^1].Number, before) : (after, piece[^1].Number);
        }

        return new SearchPage(found, search.Oldest ? after : before);
    }

    public async Task<IReadOnlyList<HistoryEntry>> FindOriginsAsync(IReadOnlyCollection<PostOrigin> origins, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            SELECT {MessageColumns.All}, m.post_node, m.post_counter {From}
            JOIN unnest(@nodes, @counters) AS asked (node, counter) ON m.post_node = asked.node AND m.post_counter = asked.counter
            """);
        command.Parameters.AddWithValue("nodes", origins.Select(origin => origin.Node).ToArray());
        command.Parameters.AddWithValue("counters", origins.Select(origin => origin.Counter).ToArray());
        return await ReadWithOriginsAsync(command, cancellationToken);
    }

    public async Task<IReadOnlyList<HistoryEntry>> ReadDirectsAsync(long after, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            SELECT {MessageColumns.All}, coalesce(m.post_node, 0), coalesce(m.post_counter, 0) {From}
            WHERE m.room = 0 AND m.number > @after AND m.kind <= @kind ORDER BY m.number LIMIT @limit
            """);
        command.Parameters.AddWithValue("after", after);
        command.Parameters.AddWithValue("kind", (short)MessageKind.Tags);
        command.Parameters.AddWithValue("limit", limit);
        return await ReadWithOriginsAsync(command, cancellationToken);
    }

    /// <summary>Reads entries whose origins are in the last two columns.</summary>
    private static async Task<List<HistoryEntry>> ReadWithOriginsAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var entries = new List<HistoryEntry>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var last = rows.FieldCount - 1;
            entries.Add(MessageColumns.Read(rows) with { PostOrigin = new PostOrigin(rows.GetInt64(last - 1), rows.GetInt64(last)) });
        }

        return entries;
    }

    private async Task<List<HistoryEntry>> CandidatesAsync(
        long room, long after, long before, string terms, RoomLife life, bool oldest, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            SELECT {MessageColumns.All} {From}
            WHERE m.room = @room AND m.number > @after AND m.number < @before AND m.terms @@ @terms::tsquery AND {ReadableLife}
            ORDER BY m.number {(oldest ? "ASC" : "DESC")} LIMIT @limit
            """);
        command.Parameters.AddWithValue("room", room);
        command.Parameters.AddWithValue("after", after);
        command.Parameters.AddWithValue("before", before);
        command.Parameters.AddWithValue("terms", terms);
        command.Parameters.AddWithValue("life", life.Value);
        command.Parameters.AddWithValue("limit", limit);
        return await ReadAllAsync(command, cancellationToken);
    }

    // As DirectReader.IsBetween has it: one end is the reader's own, and the other is whom it asks about.
    private const string OwnAuthor =
        "(m.author_id IN (@guest, @login) OR (m.author_id IS NULL AND m.account_key = @account AND m.time >= @created))";

    private const string OwnRecipient =
        "(m.recipient_id IN (@guest, @login) OR (m.recipient_id IS NULL AND m.recipient_account_key = @account AND m.time >= @created))";

    private static void AddReader(NpgsqlCommand command, DirectReader reader)
    {
        command.Parameters.AddWithValue("guest", reader.Guest.Value);
        command.Parameters.AddWithValue("login", reader.Account.IsUnknown ? reader.Guest.Value : reader.Account.Value);
        command.Parameters.Add(new NpgsqlParameter("account", NpgsqlDbType.Text)
        {
            Value = reader.Login is { } login ? Names.KeyOf(login.Name) ?? (object)DBNull.Value : DBNull.Value,
        });
        command.Parameters.AddWithValue("created", reader.Login is { } proven ? StoredTime.Of(proven.Created) : long.MaxValue);
    }

    /// <summary>One page of a room, oldest first.</summary>
    /// <param name="room">The room; 0 for direct messages.</param>
    /// <param name="condition">What holds for the messages beside the query, as SQL that begins with AND; or nothing.</param>
    /// <param name="addParameters">Adds the parameters of the condition.</param>
    /// <param name="query">Which of them.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    private async Task<IReadOnlyList<HistoryEntry>> PageAsync(
        long room, string condition, Action<NpgsqlCommand> addParameters, HistoryQuery query, CancellationToken cancellationToken)
    {
        var page = new List<HistoryEntry>();
        var limit = Math.Max(0, query.Limit);
        var ranges = await _times.RangesAsync(room, query, cancellationToken);
        foreach (var range in (query.Oldest ? ranges : Enumerable.Reverse(ranges)).TakeWhile(_ => page.Count < limit))
        {
            await using var command = database.CreateCommand(
                $"""
                SELECT {MessageColumns.All} {From}
                WHERE m.room = @room AND m.number > @after AND m.number < @before {condition}
                AND m.kind <= @kind AND (@author = '' OR m.author_key = @author) AND {ReadableLife}
                ORDER BY m.number {(query.Oldest ? "ASC" : "DESC")} LIMIT @limit
                """);
            command.Parameters.AddWithValue("room", room);
            command.Parameters.AddWithValue("after", range.After);
            command.Parameters.AddWithValue("before", range.Before);
            addParameters(command);
            command.Parameters.AddWithValue("kind", query.IncludesEvents ? short.MaxValue : (short)HistoryKinds.LastWithWords);
            command.Parameters.AddWithValue("author", Names.KeyOf(query.Author) ?? "");
            command.Parameters.AddWithValue("life", query.Life.Value);
            command.Parameters.AddWithValue("limit", limit - page.Count);
            page.AddRange(await ReadAllAsync(command, cancellationToken));
        }

        if (!query.Oldest)
        {
            page.Reverse();
        }

        return page;
    }

    private static async Task<List<HistoryEntry>> ReadAllAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var entries = new List<HistoryEntry>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            entries.Add(MessageColumns.Read(rows));
        }

        return entries;
    }

    private async Task<long?> RoomAsync(RoomName room, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT id FROM room WHERE key = @key");
        command.Parameters.AddWithValue("key", Names.KeyOf(room)!);
        return await command.ExecuteScalarAsync(cancellationToken) as long?;
    }
}
