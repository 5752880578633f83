using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Metadata;

/// <summary>Answers which keys a session is told of, and changes which they are.</summary>
internal static class MetadataSubscriptions
{
    private const string Command = "METADATA";
    private const int KeysPerLine = 8;

    /// <summary>In the order in which they are asked for, up to the first one too many.</summary>
    public static async ValueTask<bool> AddAsync(IrcSession session, IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        var before = session.Metadata.Subscriptions;
        var added = new List<string>();
        string? tooMany = null;
        foreach (var key in Valid(session, keys))
        {
            if (!session.Metadata.TrySubscribe(key))
            {
                tooMany = key;
                break;
            }

            added.Add(key);
        }

        Answer(session, IrcNumeric.RPL_METADATASUBOK, added);
        if (tooMany is not null)
        {
            session.Fail(
                Command,
                MetadataLines.Code(session, "TOO_MANY_SUBS"),
                $"There can be {SessionMetadata.MaxSubscriptions} keys",
                session.Has(IrcCapabilities.Metadata3) ? $"{tooMany} {SessionMetadata.MaxSubscriptions}" : tooMany);
        }

        if (session.Session.User is not null)
        {
            // Of what it was told of before, a client with draft/metadata-2 is told again.
            await MetadataSync.SubscribedAsync(session, session.Has(IrcCapabilities.Metadata3) ? [.. added.Except(before, StringComparer.Ordinal)] : added, cancellationToken);
        }

        return true;
    }

    public static void Remove(IrcSession session, IEnumerable<string> keys)
    {
        var removed = Valid(session, keys).ToList();
        removed.ForEach(session.Metadata.Unsubscribe);
        Answer(session, IrcNumeric.RPL_METADATAUNSUBOK, removed);
    }

    public static void List(IrcSession session)
        => session.Batch("metadata-subs", Lines(session, IrcNumeric.RPL_METADATASUBS, session.Metadata.Subscriptions));

    private static IEnumerable<string> Valid(IrcSession session, IEnumerable<string> keys)
    {
        foreach (var key in keys.Distinct(StringComparer.Ordinal))
        {
            if (MetadataLimits.IsKey(key))
            {
                yield return key;
            }
            else
            {
                session.Line(MetadataLines.BadKey(session, key.Contains(' ', StringComparison.Ordinal) || key is "" or [':', ..] ? "*" : key));
            }
        }
    }

    private static void Answer(IrcSession session, IrcNumeric numeric, IReadOnlyCollection<string> keys)
    {
        foreach (var line in Lines(session, numeric, keys))
        {
            session.Line(line);
        }
    }

    private static IEnumerable<string> Lines(IrcSession session, IrcNumeric numeric, IEnumerable<string> keys)
        => keys.Chunk(KeysPerLine).Select(chunk => $":{session.Context.ServerName} {(int)numeric} {session.Nick} {string.Join(' ', chunk)}");
}
