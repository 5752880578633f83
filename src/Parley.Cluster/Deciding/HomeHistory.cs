using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;

namespace Parley.Cluster.Deciding;

/// <summary>History as a home keeps it. While the database is away, what is said waits, and so does what needs to know where numbers go on: nothing is accepted that is not kept.</summary>
/// <param name="store">The history, under the home's term.</param>
/// <param name="onStale">Called once, before anybody can be told anything, when the term is over.</param>
/// <param name="time">The clock.</param>
internal sealed class HomeHistory(IHistoryStore store, Action onStale, TimeProvider time) : IHistoryStore, ISharedHistory
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _end = new();

    public string Location => store.Location;

    public DateTimeOffset? TidiedUntil => store.TidiedUntil;

    /// <summary>Waits for nothing any more: the home ends.</summary>
    public void End() => _end.Cancel();

    public void Append(ReadOnlySpan<HistoryEntry> batch)
    {
        while (true)
        {
            try
            {
                store.Append(batch);
                return;
            }
            catch (StaleTermException)
            {
                onStale();
                throw;
            }
            catch (HistoryException) when (!_end.IsCancellationRequested)
            {
#pragma warning disable RS0030 // The lane's thread is its own; everybody who says something waits for the database.
                _end.Token.WaitHandle.WaitOne(Pause);
#pragma warning restore RS0030
            }
        }
    }

    public bool Tidy(Retention retention, DateTimeOffset now) => store.Tidy(retention, now);

    public ValueTask<long> LastNumberAsync(RoomName room, CancellationToken cancellationToken = default)
        => PatientlyAsync(() => store.LastNumberAsync(room, cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyList<FormerName>> FormerNamesAsync(RoomName room, CancellationToken cancellationToken = default)
        => PatientlyAsync(() => store.FormerNamesAsync(room, cancellationToken), cancellationToken);

    public ValueTask<DateTimeOffset?> LastTimeAsync(RoomName room, CancellationToken cancellationToken = default)
        => PatientlyAsync(() => store.LastTimeAsync(room, cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyList<HistoryEntry>> FindOriginsAsync(IReadOnlyCollection<PostOrigin> origins, CancellationToken cancellationToken = default)
        => PatientlyAsync(() => ((ISharedHistory)store).FindOriginsAsync(origins, cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyList<HistoryEntry>> ReadDirectsAsync(long after, int limit, CancellationToken cancellationToken = default)
        => PatientlyAsync(() => ((ISharedHistory)store).ReadDirectsAsync(after, limit, cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyList<RoomName>> LaterNamesAsync(RoomName formerName, DateTimeOffset since, CancellationToken cancellationToken = default)
        => store.LaterNamesAsync(formerName, since, cancellationToken);

    public ValueTask<IReadOnlyList<HistoryEntry>> ReadAsync(HistoryQuery query, CancellationToken cancellationToken = default)
        => store.ReadAsync(query, cancellationToken);

    public ValueTask<IReadOnlyList<HistoryEntry>> ReadDirectAsync(
        DirectReader reader, Correspondent other, HistoryQuery query, CancellationToken cancellationToken = default)
        => store.ReadDirectAsync(reader, other, query, cancellationToken);

    public ValueTask<IReadOnlyList<Conversation>> ListConversationsAsync(
        DirectReader reader, HistoryQuery query, CancellationToken cancellationToken = default)
        => store.ListConversationsAsync(reader, query, cancellationToken);

    public ValueTask<SearchPage> SearchAsync(HistorySearch search, CancellationToken cancellationToken = default)
        => store.SearchAsync(search, cancellationToken);

    public ValueTask DisposeAsync()
    {
        End();
        return store.DisposeAsync();
    }

    private async ValueTask<T> PatientlyAsync<T>(Func<ValueTask<T>> ask, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (HistoryException) when (!_end.IsCancellationRequested)
            {
                using var either = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, cancellationToken);
                await Task.Delay(Pause, time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }
}
