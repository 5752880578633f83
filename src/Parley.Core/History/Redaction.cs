using System.Text;
using Parley.Core.Broker;
using Parley.Core.Events;

namespace Parley.Core.History;

/// <summary>Something that was said and is taken away, on its way: it is gone from history before anybody is told.</summary>
/// <param name="by">Whose doing it is.</param>
/// <param name="entry">The message.</param>
/// <param name="reason">Why.</param>
internal abstract class Redaction(Actor by, HistoryEntry entry, string reason) : Recording
{
    private readonly TaskCompletionSource<Verdict> _decided = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override int Bytes => 200;

    /// <summary>What became of it.</summary>
    public Task<Verdict> Decided => _decided.Task;

    public override void Describe(List<HistoryEntry> entries, DateTimeOffset time) => entries.Add(entry with
    {
        Author = entry.Room.IsEmpty ? entry.Author : by.Name,
        Kind = MessageKind.Redacted,
        Text = Encoding.UTF8.GetBytes(reason),
        Origin = HistoryEntry.OriginOf(by),
        Account = by.Profile.Account,
        Tags = default,
    });

    public override void Publish(Publication publication)
    {
        Tell();
        _decided.SetResult(Verdict.Accepted);
    }

    public override void Refuse() => _decided.SetResult(Verdict.HistoryFails);

    /// <summary>Tells those who were shown it.</summary>
    protected abstract void Tell();
}
