using System.Collections.Concurrent;
using System.Text;
using Parley.Core.Broker;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Server.Connections;
using Parley.Server.Metrics;

namespace Parley.Server.Posting;

/// <summary>The posters there are, by name: as many as tokens and settings have names.</summary>
internal sealed class PosterDirectory(IBroker broker, ShutdownSequence shutdown, TimeProvider time, ParleyMetrics? metrics = null) : IRoomPoster, IDisposable
{
    private readonly ConcurrentDictionary<UserName, Poster> _posters = new();
    private readonly OutboxOptions _outbox = new() { Traffic = metrics?.For("post").Traffic };

    public Task<PostedMessage> PostAsync(
        UserName author, RoomName room, string text, MessageKind kind = MessageKind.Text, CancellationToken cancellationToken = default)
    {
        if (author.IsEmpty || room.IsEmpty || text.Contains('\n', StringComparison.Ordinal))
        {
            throw new ArgumentException("A message needs an author, a room, and a text of one line", nameof(text));
        }

        return PostAsync(author, room, new MessageDraft(kind, Encoding.UTF8.GetBytes(text)), cancellationToken);
    }

    /// <inheritdoc cref="IRoomPoster.PostAsync"/>
    public Task<PostedMessage> PostAsync(UserName author, RoomName room, MessageDraft draft, CancellationToken cancellationToken)
        => _posters
            .GetOrAdd(author, static (name, its) => new Poster(name, its.broker, its._outbox, its.shutdown, its.time), (broker, _outbox, shutdown, time))
            .PostAsync(room, draft, cancellationToken);

    public void Dispose()
    {
        foreach (var poster in _posters.Values)
        {
            poster.Dispose();
        }
    }
}
