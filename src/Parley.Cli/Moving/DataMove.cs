using Parley.Cli.Terminal;
using Parley.Core.Accounts;
using Parley.Core.History;

namespace Parley.Cli.Moving;

/// <summary>Takes all that a server keeps, but uploaded files, from one store to another that has nothing else.</summary>
/// <remarks>
/// Accounts and tokens are each taken over wholly or not at all, messages piece by piece; whatever an interrupted attempt has left is found to be the
/// source's own, and the next one goes on from there.
/// </remarks>
internal static class DataMove
{
    /// <summary>Takes everything over.</summary>
    /// <param name="source">Accounts and what belongs to them.</param>
    /// <param name="target">Where they go.</param>
    /// <param name="history">Messages; null if there are none.</param>
    /// <param name="targetHistory">Where those go.</param>
    /// <param name="now">The time, UTC.</param>
    /// <param name="progress">Shows how far it is.</param>
    /// <exception cref="AccountStoreException">A store cannot be used, or the target has something of its own; then nothing has changed.</exception>
    /// <exception cref="HistoryException">Likewise.</exception>
    public static MovedData Run(
        IAccountArchive source, IAccountArchive target, IHistoryArchive? history, Func<IHistoryArchive> targetHistory, DateTimeOffset now, ProgressLine progress)
    {
        var missing = Enum.GetValues<ArchivePart>().Where(part => !IsThere(source, target, part)).ToList();
        using var to = history is null ? null : targetHistory();
        if (history is not null)
        {
            HistoryMove.Check(history, to!, progress);
        }

        foreach (var part in missing)
        {
            target.Import(part, source.Export(part));
        }

        var messages = history is null ? default : HistoryMove.Run(history, to!, now, progress);
        var counts = Enum.GetValues<ArchivePart>().SelectMany(source.Export).CountBy(row => row.Table).ToDictionary(StringComparer.Ordinal);
        return new MovedData(
            target.Location, counts.GetValueOrDefault("account"), counts.GetValueOrDefault("registration"), counts.GetValueOrDefault("ban"),
            counts.GetValueOrDefault("token"), counts.GetValueOrDefault("hook"), messages.Added + messages.Present, messages.Present);
    }

    /// <summary>True if the target has the same rows already; throws where it has others.</summary>
    private static bool IsThere(IAccountArchive source, IAccountArchive target, ArchivePart part)
    {
        if (!target.Export(part).Any(row => !row.IsSecret && row.Table != ArchiveRow.Numbers))
        {
            return false;
        }

        return source.Export(part).SequenceEqual(target.Export(part))
            ? true
            : throw new AccountStoreException(
                $"{target.Location} has {(part == ArchivePart.Accounts ? "accounts or bans" : "tokens or hooks")} of its own: name a directory or a database that has none");
    }
}
